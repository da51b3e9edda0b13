"""The organisation's own work: one app an area, all with the same rooms."""

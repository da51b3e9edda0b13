"""How days and times are written: Swedish order and the 24-hour clock, in both languages."""

"""The name and the colours of the installation stand on every page."""

UNPLANTED = {"Setting": "what every page shows, and the addresses that mail comes from"}

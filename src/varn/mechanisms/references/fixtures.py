"""Numbers tell nothing but how many there are."""

UNPLANTED = {"Counter": "the last number of each series"}

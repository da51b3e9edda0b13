"""The trail is written by the deeds of others: the leak test finds its words there."""

UNPLANTED = {
    "Entry.actor": "the name of the reader who did it",
    "Entry.function": "the functions of the reader who did it",
    "Entry.verb": "a key of the product's own",
}

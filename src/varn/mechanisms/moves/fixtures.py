"""Moves are made by the deeds of others: the leak test finds its words in their reasons."""

UNPLANTED = {
    "Move.name": "a key of the product's own",
    "Move.source": "a key of the product's own",
    "Move.target": "a key of the product's own",
    "Move.actor": "the name of the reader who did it",
}

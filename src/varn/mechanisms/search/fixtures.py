"""The register of the search is written by the deeds of others: the leak test finds its words there."""

UNPLANTED = {
    "Document.kind": "a key of the product's own",
    "Document.reference": "a number that the product gives",
    "Document.url": "an address that holds no words",
}

"""Files are put beside records by the areas, whose fixtures name one of them."""

UNPLANTED = {
    "Attachment.stored_name": "a random name",
    "Attachment.media_type": "a key of the product's own",
    "Attachment.sha256": "a fingerprint",
    "Attachment.uploaded_by": "the name of the reader who did it",
}

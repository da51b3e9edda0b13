"""Forms that have been sent keep no words: only that they were, and where they led."""

UNPLANTED = {
    "SentForm.key": "a random number",
    "SentForm.path": "an address that holds no words",
    "SentForm.digest": "a hash",
    "SentForm.led_to": "an address that holds no words",
}

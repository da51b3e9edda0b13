"""Pages that gather from several areas: my day, the whole picture, search, hand-over, the first run."""

"""What the overview reads from the areas, always with the reader's own eyes."""

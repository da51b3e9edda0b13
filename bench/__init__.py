"""A large municipality, and what its pages cost. Run by hand; nothing here is a test."""

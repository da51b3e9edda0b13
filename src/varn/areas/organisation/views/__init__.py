"""The pages of the organisation: load, one query or action, render or redirect."""

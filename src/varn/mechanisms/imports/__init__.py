"""Bringing in tables from files: read, tried out row by row, shown, and only then applied, all of it or nothing."""

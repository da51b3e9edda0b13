"""The sessions of the readers: a row for each in the database, named by what only its browser holds."""

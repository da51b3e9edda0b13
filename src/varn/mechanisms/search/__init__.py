"""Full text in Swedish over everything the reader may see, with the same hits on SQLite and PostgreSQL."""

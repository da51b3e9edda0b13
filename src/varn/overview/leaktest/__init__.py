"""The leak test: everything that can be asked, as everybody, about what is theirs and what is not."""

"""Files that belong to a thing. Who may see the thing may see its files; nobody else knows that they exist."""

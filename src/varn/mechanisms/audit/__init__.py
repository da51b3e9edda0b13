"""The trail: every change, with who, in which function, when, what from and what to. Rows are added, never altered."""

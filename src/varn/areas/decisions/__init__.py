"""Beslut och uppdrag: bodies, decisions clause by clause, assignments with deadlines, recipients, and the report back.

Serves the whole decision: it comes in as minutes, its assignments are followed to their report, and only the body that
decided, or a higher one, closes them.
"""

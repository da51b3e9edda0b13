"""How much the reader takes at once: far above the longest minutes there are, so that no file holds anyone up."""

from collections.abc import Sized

from .errors import Unreadable

CHARACTERS = 3_000_000
"""About a thousand pages; four hundred pages of minutes hold one million."""
PARAGRAPHS = 5_000
"""The longest minutes of a year's last meeting have some four hundred."""
CHARACTERS_OF_ONE = 1_000_000
"""The last § may be followed by all appendices."""
CLAUSES = 2_000
"""Of one §; a budget has some hundred."""
PAGES = 2_000
"""Of a PDF."""
LINES = 60_000
"""Of a Word file, empty ones too."""
DOCUMENT_MB = 60
"""Of the text of a Word file with its markup, unpacked."""


def refuse_above(limit: int, found: Sized, code: str) -> None:
    """Raises `Unreadable` when there is more than the limit."""
    if len(found) > limit:
        raise Unreadable(code, limit=limit)

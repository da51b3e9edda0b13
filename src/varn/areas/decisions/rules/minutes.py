"""What minutes that have been read are called."""

from collections.abc import Mapping, Sequence
from typing import Any

LONGEST = 255


def name_of_minutes(paragraphs: Sequence[Mapping[str, Any]], *, file_name: str) -> str:
    """The body, the day and the first and last § of them, as far as the text says; without a body, the file's name."""
    body, day = _first(paragraphs, "body"), _first(paragraphs, "date")
    numbers = [str(each["paragraph"]) for each in paragraphs if each.get("paragraph")]
    if not body:
        return file_name[:LONGEST]
    through = f"–{numbers[-1]}" if len(numbers) > 1 else ""
    sections = f"§ {numbers[0]}{through}" if numbers else ""
    return " ".join(filter(None, (body, day, sections)))[:LONGEST]


def _first(paragraphs: Sequence[Mapping[str, Any]], name: str) -> str:
    return next((str(each[name]) for each in paragraphs if each.get(name)), "")

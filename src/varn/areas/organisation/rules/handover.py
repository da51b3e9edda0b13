"""What is handed over whenever an appointment ends, as data, and when a hand-over is complete."""

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

ITEMS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).parents[1].joinpath("handover.toml").read_text(encoding="utf-8")
)


class HandoverStatus(StrEnum):
    """How far a hand-over has come."""

    NOT_BEGUN = "not_begun"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


def item_text(key: str, language: str) -> str:
    """The words of a standard item; Swedish where the language has none of its own."""
    words = ITEMS.get(key, {})
    return words.get(language.partition("-")[0]) or words.get("sv", key)


def handover_status(are_done: Iterable[bool]) -> HandoverStatus:
    """Complete when every item is done; not begun when there is no list."""
    marks = list(are_done)
    if not marks:
        return HandoverStatus.NOT_BEGUN
    return HandoverStatus.COMPLETE if all(marks) else HandoverStatus.INCOMPLETE

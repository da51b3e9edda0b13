"""What the reader found against what a person labelled, as the scorer of the examples counts it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SINGLE = ("body", "date", "paragraph", "title", "diarienummer")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """One § as a person labelled it, and the file it stands in."""

    name: str
    source: Path
    gold: dict[str, Any]


def labelled(folder: Path) -> list[Labelled]:
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        found.append(Labelled(name=gold["id"], source=folder / gold["file"], gold=gold))
    return found


def folded(value: object) -> str:
    return re.sub(r"\W+", "", str(value or "").lower())


def wanted_singles(gold: dict[str, Any]) -> list[str]:
    """The single values that the text itself states."""
    unstated = {"date": not gold["date_in_text"], "body": not gold.get("body_in_text", True)}
    return [key for key in SINGLE if not unstated.get(key)]


def same_paragraph(found: list[dict[str, Any]], gold: dict[str, Any]) -> dict[str, Any]:
    """The § that the labels are about."""
    return next((one for one in found if folded(one["paragraph"]) == folded(gold["paragraph"])), found[0])


def misses_and_extras(gold: dict[str, Any], found: dict[str, Any], key: str) -> tuple[list[str], list[str]]:
    """What is labelled and not found, and what is found and not labelled."""
    extras, misses = VALUES[key](found), []
    for value in VALUES[key](gold):
        if value in extras:
            extras.remove(value)
        else:
            misses.append(value)
    return misses, extras


def _texts(key: str) -> Callable[[dict[str, Any]], list[str]]:
    return lambda one: [folded(value if isinstance(value, str) else value["text"]) for value in one.get(key) or []]


def _given(one: dict[str, Any]) -> list[dict[str, Any]]:
    return [given for given in one.get("assignments") or [] if given.get("in_force", True)]


def _dated(key: str) -> Callable[[dict[str, Any]], list[str]]:
    return lambda one: [
        folded(given["deadline"][key]) for given in _given(one) if (given["deadline"] or {}).get("date")
    ]


def _closing(closing: dict[str, Any]) -> str:
    return folded(f"{closing.get('date')} {closing.get('paragraph')} {closing.get('point') or ''}")


VALUES: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "clauses": _texts("clauses"),
    "assignments": lambda one: [folded(given["assignee"]) for given in _given(one)],
    "deadlines": _dated("date"),
    "deadline words": _dated("text"),
    "closes": lambda one: [_closing(closing) for closing in one.get("closes") or []],
    "proposers": lambda one: [folded(name) for proposal in one.get("proposals") or [] for name in proposal["by"]],
    "recipients": _texts("recipients"),
    "basis": _texts("basis"),
    "reservations": _texts("reservations"),
}

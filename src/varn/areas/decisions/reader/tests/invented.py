"""One § of invented minutes around the lines that a test is about."""

from typing import Any

from varn.areas.decisions.reader import as_json, read_text

HEAD = "Kommunstyrelsen\nProtokoll nr 3\nSammanträdesdatum: 2024-03-13\n\n"


def read_all(text: str) -> list[dict[str, Any]]:
    return [as_json(paragraph) for paragraph in read_text(text)]


def read(text: str) -> dict[str, Any]:
    (only,) = read_all(text)
    return only


def section(text: str) -> dict[str, Any]:
    """The § whose sections the text holds."""
    return read(f"{HEAD}§ 40 Skydd av lokaler\nDnr KS 2024-11\n\n{text}\n")


def decided(*points: str, more: str = "") -> dict[str, Any]:
    lines = "\n".join(f"{number}. {point}" for number, point in enumerate(points, start=1))
    return section(f"Beslut\n{lines}\n\n{more}")


def clauses(found: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(clause["text"], clause["for"]) for clause in found["clauses"]]


def assigned(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(given["assignee"], given["text"]) for given in found["assignments"]]


def due(found: dict[str, Any]) -> list[tuple[str, str | None] | None]:
    deadlines = [given["deadline"] for given in found["assignments"]]
    return [(one["text"], one["date"]) if one else None for one in deadlines]


def movers(found: dict[str, Any]) -> list[str]:
    return [name for proposal in found["proposals"] for name in proposal["by"]]


def reasons(found: dict[str, Any]) -> set[tuple[str, str]]:
    return {(doubt["field"], doubt["reason"]) for doubt in found["uncertain"]}

"""The § of minutes that have been read, each with the decision it has become."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varn.areas.decisions.models import Body, Decision, Reading
from varn.areas.decisions.queries.lists import decisions
from varn.areas.decisions.queries.registered import body_called
from varn.areas.decisions.rules import normal_paragraph, proposed
from varn.mechanisms.access.viewer import Viewer

Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One § of the minutes: its place among them, what the reader found, and the decision that holds it."""

    index: int
    found: Mapping[str, Any]
    decision: Decision | None = None

    @property
    def number(self) -> str:
        """The number of the §; empty where the text gives none."""
        return str(self.found.get("paragraph") or "")

    @property
    def waits(self) -> bool:
        """Whether it is not registered yet."""
        return self.decision is None

    @property
    def doubts(self) -> int:
        """How many of its fields a person has to check."""
        return len(self.found.get("uncertain") or ())

    @property
    def is_certain(self) -> bool:
        """Whether all that is needed is read with certainty: who decided, when, and at least one clause."""
        needed = ("body", "date", "paragraph", "title", "clauses")
        return not self.doubts and all(self.found.get(name) for name in needed)

    @property
    def acts(self) -> bool:
        """Whether it gives somebody something to do, more time for it, or ends it."""
        return bool(self.found.get("assignments") or self.found.get("closes") or proposed(self.found).extensions)


def sections_of(reading: Reading, *, viewer: Viewer) -> list[Section]:
    """Every § of the minutes in order, under the name that its body has here, with the decision that holds it.

    What was registered from these minutes counts, and what was registered of the same body, year and § before.
    """
    bodies = {name: body_called(name) for name in {found.get("body") or "" for found in reading.paragraphs}}
    own = {row.paragraph: row for row in decisions(viewer=viewer).valid().filter(reading=reading)}
    found = [_named(found, bodies) for found in reading.paragraphs]
    others = _registered(found, viewer)
    return [
        Section(index=index, found=each, decision=others.get(_key(each)) or own.get(_key(each)[2]))
        for index, each in enumerate(found)
    ]


def registered_last(reading: Reading) -> Decision | None:
    """The decision that was registered last from the minutes, if any."""
    return reading.decisions.valid().select_related("body").order_by("pk").last()


def _named(found: Mapping[str, Any], bodies: Mapping[str, Body | None]) -> Mapping[str, Any]:
    body = bodies[found.get("body") or ""]
    return {**found, "body": body.name} if body else found


def _registered(sections: list[Mapping[str, Any]], viewer: Viewer) -> dict[Key, Decision]:
    wanted = {_key(each) for each in sections}
    rows = (
        decisions(viewer=viewer)
        .valid()
        .filter(
            body__name__in={body for body, _, _ in wanted},
            year__in={int(year) for _, year, _ in wanted if year.isdigit()},
            paragraph__in={number for _, _, number in wanted},
        )
    )
    return {(row.body.name, str(row.year), row.paragraph): row for row in rows}


def _key(found: Mapping[str, Any]) -> Key:
    number = normal_paragraph(str(found.get("paragraph") or ""))
    return found.get("body") or "", (found.get("date") or "")[:4], number

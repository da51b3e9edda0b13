"""Who answers for an assignment: the office or unit that its words name, or each of those that they mean together."""

import re
from dataclasses import dataclass
from datetime import date

from django.db import models

from varn.areas.decisions.queries.expansion import KINDS
from varn.areas.decisions.rules import groups_meant
from varn.areas.organisation.queries import find_unit, offices, offices_named, units_of_kind
from varn.kernel.levels import Tier
from varn.mechanisms.access.viewer import Viewer

HEAD_OF = re.compile(r"(?:\w*chef|\w*direktör)(?:en)? (?:för|vid|på|i|inom) (?P<unit>.+)$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Answering:
    """One who answers for an assignment: in which words, and which office or unit that is, if it is known."""

    assignee: str
    office: models.Model | None = None
    unit: models.Model | None = None
    group: str = ""

    @property
    def unit_id(self) -> int | None:
        """The unit in which the decision is seen for it."""
        if self.office is not None:
            return self.office.unit_id
        return self.unit.pk if self.unit is not None else None


def answering(words: str, day: date) -> Answering:
    """Whom the words for one assignee mean on the day: the named office, otherwise the unit.

    "Förvaltningschefen för Serviceförvaltningen" means the unit that stands after the title.
    """
    named = offices_named(words)
    if named:
        return Answering(assignee=words, office=named[0] if len(named) == 1 else None)
    head = HEAD_OF.match(words.strip())
    return Answering(assignee=words, unit=find_unit(words, day) or (find_unit(head["unit"], day) if head else None))


def units_meant(words: str, day: date) -> list[models.Model]:
    """Every unit that the words mean together ("samtliga nämnder") as of the day; none where they name somebody."""
    return [unit for kind in groups_meant(words) for unit in units_of_kind(KINDS[kind], day)]


def each_answering(words: str, day: date, *, viewer: Viewer) -> list[Answering]:
    """Each of those that the words mean together, under its own name.

    Where a unit has exactly one accountable office, its office answers; otherwise the unit does.
    """
    units = units_meant(words, day)
    by_unit: dict[int, list[models.Model]] = {}
    for office in offices(viewer=viewer).filter(unit__in=units, function__tier=Tier.ACCOUNTABLE):
        by_unit.setdefault(office.unit_id, []).append(office)
    return [
        Answering(assignee=unit.name, unit=unit, office=_only(by_unit.get(unit.pk, [])), group=words) for unit in units
    ]


def _only(rows: list[models.Model]) -> models.Model | None:
    return rows[0] if len(rows) == 1 else None

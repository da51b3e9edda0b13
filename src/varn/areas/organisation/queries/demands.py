"""What is required of units on a day."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from varn.areas.organisation.models import Function, Requirement
from varn.areas.organisation.queries.days import UnitOnDay
from varn.areas.organisation.rules.coverage import Required
from varn.mechanisms.installation.chosen import installation

ENDING_SOON = "L02"
REQUIREMENT = ("unit_kind", "unit_id", "minimum", "maximum", "share")
FUNCTION = tuple(f"function__{field.attname}" for field in Function._meta.concrete_fields)


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What is required on a day, by kind of unit and for single units, with the functions it speaks of.

    `horizon` is the day until which an ending is "soon".
    """

    functions: Mapping[int, Function]
    of_kind: Mapping[str, Mapping[int, Required]]
    of_unit: Mapping[int, Mapping[int, Required]]
    horizon: date

    def on(self, unit: UnitOnDay) -> dict[int, Required]:
        """What is required of this unit, by function: its own rows replace those of its kind."""
        return {**self.of_kind.get(unit.kind, {}), **self.of_unit.get(unit.pk, {})}

    @property
    def concerned(self) -> Q:
        """The condition that something may be required of a unit."""
        return Q(kind__in=self.of_kind) | Q(pk__in=self.of_unit)


def demands_on(day: date) -> Demands:
    """What is required on the day, and until when an ending is soon."""
    rows = Requirement.objects.standing(day).order_by("function__position", "pk")
    of_kind: dict[str, dict[int, Required]] = defaultdict(dict)
    of_unit: dict[int, dict[int, Required]] = defaultdict(dict)
    functions: dict[int, Function] = {}
    # Requirements of single units can be many: of a function that many ask for, one is made.
    for unit_kind, unit_id, minimum, maximum, share, pk, *rest in rows.values_list(*REQUIREMENT, *FUNCTION):
        if pk not in functions:
            functions[pk] = Function(pk, *rest)
        target = of_kind[unit_kind] if unit_id is None else of_unit[unit_id]
        target[pk] = Required(minimum=minimum, maximum=maximum, share=share)
    return Demands(functions=functions, of_kind=dict(of_kind), of_unit=dict(of_unit), horizon=window_after(day))


def window_after(day: date) -> date:
    """The day on which the window of "ending soon" is out: the municipality's own number of days, or the lawbook's."""
    return day + timedelta(days=installation().days(ENDING_SOON, on=day))

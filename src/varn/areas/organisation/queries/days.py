"""Units as they were on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, QuerySet, When

from varn.areas.organisation.models.units import holds


@dataclass(frozen=True, kw_only=True)
class UnitOnDay:
    """A unit as it was on a day."""

    pk: int
    name: str
    kind: str
    code: str = ""
    sort_name: str = ""


def on_day(units: QuerySet, day: date, *, first: str = "", at_most: int | None = None) -> list[UnitOnDay]:
    """These units with the names they had on the day, in Swedish order; those that did not exist are left out.

    Units of the kind `first` stand before the others.
    """
    order = [Case(When(kind=first, then=0), default=1)] if first else []
    named = units.filter(holds(day, prefix="periods__")).order_by(*order, "sort_name", "pk")
    rows = named.values_list("pk", "periods__name", "kind", "code", "sort_name")[:at_most]
    return [UnitOnDay(pk=pk, name=name, kind=kind, code=code, sort_name=sort) for pk, name, kind, code, sort in rows]

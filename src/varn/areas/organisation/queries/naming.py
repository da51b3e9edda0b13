"""People and units by number and by what somebody writes, for the mechanism that keeps and lets in by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from varn.areas.organisation.lifecycle import STANDING_IN
from varn.areas.organisation.models import Office, Person, StandIn, Unit
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries.commanding import lines_over
from varn.areas.organisation.queries.matching import holder_of
from varn.kernel.calendar import end_of_day
from varn.mechanisms.access.viewer import Viewer, system_viewer

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A person or a unit as others than the organisation know it; `account_id` is how the person signs in."""

    pk: int
    name: str
    account_id: int | None = None


def person_meant(text: str, *, viewer: Viewer) -> Known | None:
    """The one person, among those the reader sees, whose employee id or name this is; `None` when none or several."""
    found = _one(Person.objects.visible_to(viewer).order_by("pk"), text, "employee_id")
    return _known(found) if found is not None else None


def unit_meant(text: str, *, viewer: Viewer) -> Known | None:
    """The one unit whose code or name this is; `None` when none or several."""
    found = _one(Unit.objects.visible_to(viewer).order_by("pk"), text, "code")
    return Known(pk=found.pk, name=str(found)) if found is not None else None


def suggested_at(kind: str, *, viewer: Viewer) -> str:
    """Where a "person" or a "unit" is suggested by what is typed; empty for a viewer who may read of none."""
    permission = {"person": Permission.READ_PEOPLE, "unit": Permission.READ_UNITS}[kind]
    return reverse(f"organisation:{kind}-suggest") if viewer.may(permission) else ""


def people_known(numbers: Iterable[int], *, viewer: Viewer | None = None) -> dict[int, Known]:
    """These people by number, for whoever may see the record that names them.

    With a viewer those are left out whose identity is protected from that one.
    """
    rows = Person.objects.filter(pk__in=set(numbers))
    return {row.pk: _known(row) for row in (rows if viewer is None else rows.named_to(viewer))}


def names_hidden(names: Iterable[str], *, viewer: Viewer) -> set[str]:
    """Those of the names that somebody bears whose identity is protected from the reader, whoever else bears them."""
    bearing = Person.objects.filter(name__in=set(names))
    hidden = bearing.exclude(pk__in=bearing.named_to(viewer).order_by().values("pk"))
    return set(hidden.values_list("name", flat=True))


def units_known(numbers: Iterable[int]) -> dict[int, Known]:
    """These units by number."""
    return {row.pk: Known(pk=row.pk, name=str(row)) for row in Unit.objects.filter(pk__in=set(numbers))}


def people_behind(accounts: Iterable[int]) -> dict[int, int]:
    """The people who sign in with these accounts, by account."""
    return dict(Person.objects.filter(account__in=set(accounts)).values_list("account_id", "pk"))


def kept_out_with(people: Iterable[int], day: date) -> dict[int, set[int]]:
    """For each of the people everybody who is kept out of a case about them on the day: themselves, their line of
    command, and whoever stands in for any of these.
    """
    named = {person: {person, *line} for person, line in lines_over(people, day).items()}
    rows = StandIn.objects.filter(
        holds(day), state__in=STANDING_IN, appointment__person__in=set().union(*named.values())
    )
    deputies = list(rows.values_list("appointment__person", "deputy"))
    return {person: line | {deputy for holder, deputy in deputies if holder in line} for person, line in named.items()}


def holders_named(offices: Iterable[models.Model | None], day: date) -> list[int | None]:
    """The numbers of the people who hold these named offices on the day, whoever asks."""
    viewer = system_viewer(at=end_of_day(day) - SECOND, job="naming")
    held = [holder_of(office, day, viewer=viewer) for office in offices if isinstance(office, Office)]
    return [holder.pk if holder is not None else None for holder in held]


def _known(person: Person) -> Known:
    return Known(pk=person.pk, name=str(person), account_id=person.account_id)


def _one(rows: QuerySet, text: str, key: str) -> Person | Unit | None:
    _name, bracket, end = text.strip().rpartition("(")
    written = end.rstrip(") ").strip() if bracket else text.strip()
    found = list(rows.filter(**{f"{key}__iexact": written})[:1]) or list(rows.filter(name__iexact=text.strip())[:2])
    return found[0] if len(found) == 1 else None

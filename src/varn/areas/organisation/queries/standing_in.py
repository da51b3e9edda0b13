"""Who is away and who stands in: for pages, for those who wait for the holder, and for the line of command."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Value
from django.utils.translation import get_language

from varn.areas.organisation.lifecycle import STANDING_IN, VALID_STATES, StandInState
from varn.areas.organisation.models import Absence, Appointment, AppointmentUnit, Person, StandIn
from varn.areas.organisation.models.people import PERSON_LABEL
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.standing_in import Days, left_uncovered
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.guards import Guard
from varn.mechanisms.access.viewer import Viewer

FOR = "organisation:deputy_for"
MOST_NAMED = 900
DEPUTISED = Guard(label=PERSON_LABEL, key="deputised__deputy_id", is_case=False, own=True)
PLACED = (
    "pk", "unit_id", "appointment__function_id", "appointment__person__name", "share", "from_date", "until_date",
    "absent__from_date", "absent__until_date", "deputised__from_date", "deputised__pk", "deputised__until_date",
    "deputised__deputy__name", "is_named",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Away:
    """That a holder is away, or has a deputy, in one unit and function: who, and on which days nobody is there."""

    unit_id: int
    function_id: int
    share: float
    holder: str
    deputy: str
    is_away: bool
    uncovered: tuple[Days, ...]


def stand_ins(*, viewer: Viewer, to: str | None = None) -> QuerySet[StandIn]:
    """The deputies whom the reader may see, or, with `to`, may do that with, newest first."""
    related = ("appointment__person", "appointment__function", "deputy")
    return StandIn.objects.visible_to(viewer, to).select_related(*related)


def stand_ins_of(appointment: Appointment, *, viewer: Viewer) -> QuerySet[StandIn]:
    """The appointment's deputies whom the reader may see, newest first."""
    return stand_ins(viewer=viewer).filter(appointment=appointment)


def is_open_to(appointment: Appointment, *, viewer: Viewer) -> bool:
    """Whether the reader may open the page of the appointment that somebody stands in for."""
    return Appointment.objects.visible_to(viewer).filter(pk=appointment.pk).exists()


def absences_of(person: Person, *, viewer: Viewer) -> QuerySet[Absence]:
    """When the person is and was away, newest first."""
    return Absence.objects.visible_to(viewer).filter(person=person)


def absences(*, viewer: Viewer, to: str) -> QuerySet[Absence]:
    """The absences that the reader may do this with."""
    return Absence.objects.visible_to(viewer, to).select_related("person")


def is_for_the_reader_to_register(person: Person, *, viewer: Viewer) -> bool:
    """Whether the reader may write that the person is away: their own absence, or that of those whom they manage."""
    if not viewer.may(Permission.REGISTER_ABSENCE):
        return False
    managed = Person.objects.visible_to(viewer, Permission.ACCEPT)
    return person.pk == viewer.person_id or managed.filter(pk=person.pk).exists()


def stand_ins_to_end(*, viewer: Viewer) -> list[StandIn]:
    """Those whose last day has passed, or whose appointment has ended."""
    over = Q(until_date__lte=viewer.day) | ~Q(appointment__state__in=VALID_STATES)
    over |= Q(appointment__until_date__lte=viewer.day)
    begun = StandIn.objects.filter(over, state=StandInState.APPOINTED, from_date__lte=viewer.day)
    return list(begun.order_by("pk"))


def deputies_of(people: Collection[int], day: date) -> set[int]:
    """The people who stand in on the day for any of these, in an appointment that stands: they are where those are.

    For a line of command and for whom to notify; read without a viewer, to judge and never to show.
    """
    rows = StandIn.objects.standing(day).filter(
        holds(day, prefix="appointment__"),
        holds(day, prefix="deputy__"),
        appointment__person__in=people,
        appointment__state__in=VALID_STATES,
    )
    return set(rows.values_list("deputy", flat=True))


def deputies_for_all(person: Person, day: date) -> list[Person]:
    """The people who stand in on the day for the person in every appointment that the person has then."""
    held = set(Appointment.objects.standing(day).filter(person=person).values_list("pk", flat=True))
    covered: dict[int, set[int]] = {}
    for deputy, appointment in (
        StandIn.objects.standing(day).filter(appointment__in=held).values_list("deputy", "appointment")
    ):
        covered.setdefault(deputy, set()).add(appointment)
    whole = [deputy for deputy, appointments in covered.items() if appointments == held]
    return list(Person.objects.standing(day).filter(pk__in=whole).order_by("pk"))


def away_in(unit_ids: Collection[int], day: date, horizon: date, viewer: Viewer) -> list[Away]:
    """Whose holders are away, or have a deputy, in these units on some day until the horizon.

    Whoever has a protected identity that the reader may not know of is neither: they are not counted as there either.
    """
    near = AppointmentUnit.objects.naming_seen(viewer).on_or_after(day)
    near = near.filter(from_date__lte=horizon, appointment__state__in=VALID_STATES, appointment__person__isnull=False)
    if len(unit_ids) <= MOST_NAMED:
        near = near.filter(unit__in=unit_ids)
    rows = near.filter(_concerned(day, horizon)).annotate(**_joined(day, horizon, viewer)).order_by()
    # Sorted here: in the order of its keys PostgreSQL would read the table from its beginning to its end.
    placed = sorted(rows.values_list(*PLACED, named=True), key=attrgetter("pk"))
    return [_away(list(same), day) for _placement, same in groupby(placed, key=attrgetter("pk"))]


def deputising(deputy: str, holder: str) -> str:
    """The deputy's name with whose deputy it is, in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "sv"
    return f"{deputy} ({GLOSSARY.word(FOR, language)} {holder})"


def _concerned(day: date, horizon: date) -> Q:
    away = Absence.objects.filter(until_date__gt=day, from_date__lte=horizon)
    stood_in = StandIn.objects.filter(until_date__gt=day, from_date__lte=horizon, state__in=STANDING_IN)
    return Q(appointment__person__in=away.values("person")) | Q(appointment__in=stood_in.values("appointment"))


def _joined(day: date, horizon: date, viewer: Viewer) -> dict[str, Any]:
    """Each absence and each deputy of the holder, read with the placement, and whether the deputy may be named."""
    person, deputy = "appointment__person__absences", "appointment__stand_ins"
    away = {f"{person}__until_date__gt": day, f"{person}__from_date__lte": horizon}
    standing = {f"{deputy}__until_date__gt": day, f"{deputy}__state__in": STANDING_IN}
    return {
        "absent": FilteredRelation(person, condition=Q(**away)),
        "deputised": FilteredRelation(deputy, condition=Q(**standing)),
        "is_named": Value(True) if viewer.is_system else Q(DEPUTISED.open_to(viewer, Permission.READ_PEOPLE)),
    }


def _away(rows: list[Any], day: date) -> Away:
    """What the rows of one placement say: as many as its holder's absences times their deputies."""
    row = rows[0]
    placed = Days(from_date=row.from_date, until_date=row.until_date)
    absences = sorted({(one.absent__from_date, one.absent__until_date) for one in rows if one.absent__from_date})
    stand_ins = sorted({_stand_in(one) for one in rows if one.deputised__pk and one.is_named})
    covered = [Days(from_date=first, until_date=until) for first, _pk, until, _name in stand_ins]
    periods = [Days(from_date=first, until_date=until).within(placed) for first, until in absences]
    uncovered = [part for period in periods if not period.is_empty for part in left_uncovered(period, covered)]
    return Away(
        unit_id=row.unit_id,
        function_id=row.appointment__function_id,
        share=float(row.share),
        holder=row.appointment__person__name,
        deputy=next((name for first, _pk, _until, name in stand_ins if first <= day), ""),
        is_away=any(first <= day for first, _until in absences),
        uncovered=tuple(uncovered),
    )


def _stand_in(row: Any) -> tuple[date, int, date, str]:
    return row.deputised__from_date, row.deputised__pk, row.deputised__until_date, row.deputised__deputy__name

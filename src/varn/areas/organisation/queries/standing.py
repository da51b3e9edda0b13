"""What people and named offices are appointed to already: read once for many, to judge what is about to be added.

It holds all appointments, also those the one who asks may not see: what comes out is a reason or a sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from varn.areas.organisation.lifecycle import VALID_STATES, AppointmentState
from varn.areas.organisation.models import Appointment, AppointmentUnit, Unit
from varn.areas.organisation.rules.appointing import FULL_TIME, Load, most_at_once, shares_of
from varn.areas.organisation.rules.coverage import percent
from varn.kernel.lifecycle import Refusal

COUNTED = (*VALID_STATES, AppointmentState.PROPOSED)
AT_A_TIME = 900
PLACED = ("appointment_id", "appointment__reference", "unit_id", "share", "from_date", "until_date")
OF = ("appointment__person_id", "appointment__office_id", "appointment__function_id")


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One unit of one appointment during a period."""

    appointment_id: int | None
    reference: str
    function_id: int
    unit_id: int
    load: Load


@dataclass(kw_only=True)
class Standing:
    """Where each holder is placed, by person and by office."""

    people: dict[int, list[Placed]] = field(default_factory=lambda: defaultdict(list))
    offices: dict[int, list[Placed]] = field(default_factory=lambda: defaultdict(list))

    def add(self, appointment: Appointment, units: Sequence[Unit]) -> None:
        """An appointment that is about to be made, or changed, counts from here on as it is to be."""
        if appointment.pk is not None:
            held = self._of(appointment)
            held[:] = [placed for placed in held if placed.appointment_id != appointment.pk]
        for unit, share in zip(units, shares_of(appointment.share, len(units)), strict=True):
            load = Load(share=share, from_date=appointment.from_date, until_date=appointment.until_date)
            placed = Placed(
                appointment_id=appointment.pk,
                reference=appointment.reference,
                function_id=appointment.function_id,
                unit_id=unit.pk,
                load=load,
            )
            self._of(appointment).append(placed)

    def twin_of(self, appointment: Appointment, units: Sequence[Unit]) -> Refusal | None:
        """That the holder would have the same function in the same unit twice at a time, or `None`."""
        wanted = {unit.pk for unit in units}
        for other in self._others(appointment, appointment.from_date):
            if other.function_id == appointment.function_id and other.unit_id in wanted:
                return Refusal("organisation:refusal.already_appointed", reference=other.reference)
        return None

    def overload_of(self, appointment: Appointment, start: date) -> Refusal | None:
        """That the person would carry more than full time on some day from the start on, and how much; or `None`."""
        if appointment.person is None:
            return None
        own = Load(share=appointment.share, from_date=start, until_date=appointment.until_date)
        loads = (other.load for other in self._others(appointment, start))
        carried = [
            Load(share=load.share, from_date=max(load.from_date, start), until_date=load.until_date) for load in loads
        ]
        total = most_at_once([*carried, own])
        if total <= FULL_TIME:
            return None
        return Refusal("organisation:refusal.over_full_time", person=appointment.person.name, percent=percent(total))

    def _of(self, appointment: Appointment) -> list[Placed]:
        if appointment.person_id is not None:
            return self.people[appointment.person_id]
        return self.offices[appointment.office_id]

    def _others(self, appointment: Appointment, start: date) -> Iterator[Placed]:
        """The holder's other placements that hold on some day of the appointment from the start on."""
        end = appointment.until_date
        for other in self._of(appointment):
            is_other = other.appointment_id is None or other.appointment_id != appointment.pk
            ends_later = other.load.until_date is None or other.load.until_date > start
            if is_other and ends_later and (end is None or other.load.from_date < end):
                yield other


def standing_of(people: Iterable[int], offices: Iterable[int] = ()) -> Standing:
    """What these people and offices are appointed to, proposals among it."""
    standing = Standing()
    for name, ids in (("person", people), ("office", offices)):
        wanted = sorted(set(ids))
        for first in range(0, len(wanted), AT_A_TIME):
            _gather(standing, **{f"appointment__{name}__in": wanted[first : first + AT_A_TIME]})
    return standing


def _gather(standing: Standing, **holders: Sequence[int]) -> None:
    rows = AppointmentUnit.objects.filter(appointment__state__in=COUNTED, **holders).order_by("appointment", "pk")
    for person, office, function, *placed in rows.values_list(*OF, *PLACED):
        held = standing.offices[office] if person is None else standing.people[person]
        held.append(_placed(function, *placed))


def _placed(
    function_id: int, pk: int, reference: str, unit_id: int, share: Decimal, from_date: date, until_date: date | None
) -> Placed:
    load = Load(share=share, from_date=from_date, until_date=until_date)
    return Placed(appointment_id=pk, reference=reference, function_id=function_id, unit_id=unit_id, load=load)

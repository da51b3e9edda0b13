"""People coming to the demo's municipality, and their appointments: proposed, accepted, ended."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from varn.areas.organisation.actions import (
    accept_appointment,
    announce_ending,
    complete_handover_item,
    create_person,
    link_account,
    propose_appointment,
)
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.door.actions import create_account
from varn.overview.demo.days import Days, morning
from varn.overview.demo.events import Event
from varn.overview.demo.founding import BEGINNING, address_of
from varn.overview.demo.place import Place
from varn.overview.demo.story import Member

WEEKS_AHEAD = timedelta(weeks=4)
ANSWERED = timedelta(weeks=2)
FIRST_NUMBER = 1001
SOON = 90


def appointments(place: Place, members: tuple[Member, ...]) -> Iterator[Event]:
    """Everything that happens to the members: they come, are proposed and accepted, and some of them leave."""
    for number, member in enumerate(members):
        first = first_day(member, place.days)
        proposed = _proposed(member, first, place.days)
        yield Event(at=morning(proposed, 8), what=_come, given=(place, member, number))
        yield Event(at=morning(proposed, 9), what=_propose, given=(place, member, first))
        if member.accepted_by or not member.by:
            answered = max(proposed, first - ANSWERED)
            yield Event(at=morning(answered, 10), what=_accept, given=(place, member))
        last = last_day(member, place.days)
        if last and (member.until or (member.ends_in or 0) <= SOON):
            announced = last - WEEKS_AHEAD if member.until else place.days.ahead(-12)
            yield Event(at=morning(announced, 13), what=_announce, given=(place, member, last))
        if member.until and last:
            yield Event(at=morning(last, 15), what=_hand_over, given=(place, member))


def first_day(member: Member, days: Days) -> date:
    """The appointment's first day."""
    if member.begins_in is not None:
        return days.ahead(member.begins_in)
    if member.from_date is None:
        raise ValueError(f"{member.name} has no first day")
    return days.day(member.from_date)


def last_day(member: Member, days: Days) -> date | None:
    """The appointment's last day, included; `None` where it has none."""
    if member.ends_in is not None:
        return days.ahead(member.ends_in)
    return days.day(member.until) if member.until else None


def _proposed(member: Member, first: date, days: Days) -> date:
    if member.proposed:
        return days.day(member.proposed)
    return max(first - WEEKS_AHEAD, days.day(BEGINNING))


def _come(at, place: Place, member: Member, number: int) -> None:
    if member.name in place.people:
        return
    by = place.founder(at)
    person = create_person(
        employee_id=f"A{FIRST_NUMBER + number}",
        name=member.name,
        title=member.title,
        email=address_of(member.name),
        unit=place.units[member.home],
        from_date=place.days.day(BEGINNING),
        by=by,
        at=at,
    )
    account = create_account(email=person.email, name=person.name, language="sv", by=by, at=at)
    link_account(person=person, account=account, by=by, at=at)
    place.people[member.name], place.accounts[member.name] = person, account


def _propose(at, place: Place, member: Member, first: date) -> None:
    by = place.viewer(member.by, at) if member.by else place.founder(at)
    last = last_day(member, place.days)
    propose_appointment(
        person=place.people[member.name],
        function=place.functions[member.function],
        units=[place.units[code] for code in member.units],
        from_date=first,
        until_date=last + timedelta(days=1) if last and _ends_from_the_start(place, member) else None,
        share=Decimal(str(member.share)),
        deputy=place.people.get(member.deputy),
        appointed_by=member.accepted_by or "Kommunstyrelsen",
        employer=place.units.get(member.employer),
        agreement=member.agreement,
        by=by,
        at=at,
    )


def _ends_from_the_start(place: Place, member: Member) -> bool:
    """Whoever is supplied, or only reads for a time, is appointed until a day that is known."""
    return bool(member.employer) or ROLES[place.functions[member.function].role].time_limited


def _accept(at, place: Place, member: Member) -> None:
    by = place.viewer(member.accepted_by, at) if member.accepted_by else place.founder(at)
    accept_appointment(appointment=place.appointment(member.name, member.function), by=by, at=at)


def _announce(at, place: Place, member: Member, last: date) -> None:
    until = last + timedelta(days=1)
    by = place.viewer(member.accepted_by, at)
    announce_ending(appointment=place.appointment(member.name, member.function), until_date=until, by=by, at=at)


def _hand_over(at, place: Place, member: Member) -> None:
    appointment = place.appointment(member.name, member.function)
    by = place.viewer(member.accepted_by, at)
    for item in appointment.handover.all():
        complete_handover_item(item=item, is_done=True, by=by, at=at)

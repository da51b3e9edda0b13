"""What closes a record to some and opens it to others: a level, a compartment, somebody whom it concerns, a share."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from varn.kernel.levels import Level
from varn.kernel.planting import Plot, Thing
from varn.mechanisms.access.models import Compartment, CompartmentKind, Membership, Share
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.secrecy import actions
from varn.mechanisms.secrecy.records import guard_of

DAY = timedelta(days=1)


def plant(plot: Plot) -> Iterator[Thing]:
    """The records of the department are closed and opened as the plot says; most are not."""
    guarded = [thing for thing in plot.things.values() if thing.record is not None and guard_of(type(thing.record))]
    area, _, kind = guarded[0].name.partition(":")
    keys = {"area": area, "kind": kind, "pk": guarded[0].record.pk}
    yield Thing(name="secrecy:record", keys=keys, record=guarded[0].record, read=guarded[0].read)
    records = [thing.record for thing in guarded]
    if plot.about.get("level"):
        for record in records:
            _set_level(plot, record)
    if plot.about.get("responsible"):
        yield from _closed(plot, records)
    for person in plot.about.get("subjects", ()):
        yield from _concerned(plot, records, person)
    for person, is_over in plot.about.get("shares", ()):
        yield from _shared(plot, records, person, is_over)


def _set_level(plot: Plot, record: Any) -> None:
    words = plot.words(*plot.about["read"])
    ground, reason = words("Marking.ground"), words("Marking.reason")
    actions.set_level(thing=record, level=Level.SENSITIVE, ground=ground, reason=reason, by=plot.by, at=plot.at)


def _closed(plot: Plot, records: list[Any]) -> Iterator[Thing]:
    """The records lie in a compartment with one member; another was let out of it."""
    words = plot.words(Permission.READ_COMPARTMENTS, *plot.about["read"])
    names = ("trusted_by", "knowledgeable_by", "needed_by")
    grounds: dict[str, Any] = {name: words(f"Membership.{name}") for name in names} | {
        name.replace("_by", "_date"): plot.day for name in names
    }
    compartment = actions.create_compartment(
        name=words("Compartment.name"),
        kind=CompartmentKind.OTHER,
        purpose=words("Compartment.purpose"),
        responsible=plot.about["responsible"],
        grounds=actions.Grounds(**grounds),
        by=plot.by,
        at=plot.at,
    )
    for record in records:
        actions.place_in_compartment(
            thing=record, compartment=compartment, reason=words("Marking.reason"), by=plot.by, at=plot.at
        )
    membership = _let_out(plot, compartment, grounds, words("Membership.ended_because"))
    keys: dict[str, Any] = {"reference": compartment.reference}
    yield Thing(name="access:compartment", keys=keys, record=compartment, read=Permission.READ_COMPARTMENTS)
    keys = {"pk": membership.pk}
    yield Thing(name="access:membership", keys=keys, record=membership, read=Permission.READ_COMPARTMENTS)


def _let_out(plot: Plot, compartment: Compartment, grounds: dict[str, Any], because: str) -> Membership:
    former = Membership.objects.create(
        compartment=compartment,
        account=plot.about["former"],
        role="read",
        from_at=plot.at - DAY,
        ended_at=plot.at - DAY / 2,
        ended_because=because,
        **grounds,
    )
    return Membership.objects.exclude(pk=former.pk).get(compartment=compartment)


def _concerned(plot: Plot, records: list[Any], person: Any) -> Iterator[Thing]:
    """The case exists neither for the person nor for those who command them."""
    words = plot.words(Permission.READ_SUBJECTS)
    for record in records:
        subject = actions.record_subject(
            thing=record,
            person_id=person.pk,
            capacity="accused",
            ground=words("Subject.ground"),
            by=plot.by,
            at=plot.at,
        )
    yield Thing(name="secrecy:subject", keys={"pk": subject.pk}, record=subject, read=Permission.READ_SUBJECTS)


def _shared(plot: Plot, records: list[Any], person: Any, is_over: bool) -> Iterator[Thing]:
    """The person may read the records until tomorrow, or could until yesterday."""
    words = plot.words(*plot.about["read"])
    for record in records:
        share = actions.share_record(
            thing=record,
            last_date=plot.day + DAY,
            ground=words("Share.ground"),
            person_id=person.pk,
            by=plot.by,
            at=plot.at,
        )
        if is_over:
            Share.objects.filter(pk=share.pk).update(from_at=plot.at - 2 * DAY, until_at=plot.at - DAY)
    if not is_over:
        yield Thing(name="secrecy:share", keys={"pk": share.pk}, record=share, read=Permission.SHARE)

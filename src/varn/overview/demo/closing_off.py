"""What is closed to others in the demo, and what is opened to one: a compartment with its members, and a share."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from varn.mechanisms.access.models import Compartment as Made
from varn.mechanisms.secrecy.actions import Grounds, create_compartment, grant_membership, share_record
from varn.overview.demo.days import Days
from varn.overview.demo.events import Event
from varn.overview.demo.place import Place
from varn.overview.demo.story import Compartment, Share


def compartments(place: Place, told: tuple[Compartment, ...]) -> Iterator[Event]:
    """Each is founded by the one who answers for it, who then lets the others in."""
    for each in told:
        yield Event(at=place.days.moment(each.founded, 13), what=_found, given=(place, each))
        for member in each.members:
            yield Event(at=place.days.moment(member["let_in"], 13), what=_let_in, given=(place, each, member))


def shares(place: Place, told: tuple[Share, ...]) -> Iterator[Event]:
    """Decisions are shared with people outside their units."""
    for share in told:
        yield Event(at=place.days.moment(share.given, 13), what=_share, given=(place, share))


def _found(at: datetime, place: Place, told: Compartment) -> None:
    create_compartment(
        name=told.name,
        kind=told.kind,
        purpose=told.purpose,
        responsible=place.accounts[told.responsible],
        grounds=_grounds(place.days, **told.grounds),
        by=place.viewer(told.responsible, at),
        at=at,
    )


def _let_in(at: datetime, place: Place, told: Compartment, member: dict[str, Any]) -> None:
    grant_membership(
        compartment=Made.objects.get(name=told.name),
        account=place.accounts[member["name"]],
        role=member["role"],
        grounds=_grounds(place.days, **member["grounds"]),
        by=place.viewer(told.responsible, at),
        at=at,
    )


def _grounds(days: Days, *, found: date, by: str) -> Grounds:
    """All three grounds, found on one day by one person."""
    names = ("trusted", "knowledgeable", "needed")
    days_found = {f"{name}_date": days.day(found) for name in names}
    return Grounds(**days_found, **{f"{name}_by": by for name in names})


def _share(at: datetime, place: Place, told: Share) -> None:
    share_record(
        thing=place.decisions[told.file],
        person_id=place.people[told.to].pk,
        last_date=place.days.day(told.until),
        ground=told.ground,
        by=place.viewer(told.by, at),
        at=at,
    )

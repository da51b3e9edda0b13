"""Who in the demo is away, and who stands in for them."""

from collections.abc import Iterator
from datetime import datetime

from varn.areas.organisation.actions import appoint_stand_in, register_absence
from varn.overview.demo.events import Event
from varn.overview.demo.place import Place
from varn.overview.demo.story import Away


def absences(place: Place, told: tuple[Away, ...]) -> Iterator[Event]:
    """Everybody says themselves that they are to be away, and names their deputy if they have one."""
    for away in told:
        yield Event(at=place.days.moment(away.said, 16), what=_be_away, given=(place, away))


def _be_away(at: datetime, place: Place, away: Away) -> None:
    by = place.viewer(away.name, at)
    period = {"from_date": place.days.day(away.from_date), "until_date": place.days.last(away.until)}
    register_absence(person=place.people[away.name], kind=away.kind, by=by, at=at, **period)
    if away.deputy:
        appointment = place.appointment(away.name, away.function)
        appoint_stand_in(appointment=appointment, deputy=place.people[away.deputy], by=by, at=at, **period)

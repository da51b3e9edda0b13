"""Filling an empty database with the demo, in the order in which it is told, all of it or nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from varn.areas.organisation.actions import move_unit, rename_unit
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.notices.reading import mark_read
from varn.overview.demo import asking, closing_off, connecting, deciding, standing_in, story
from varn.overview.demo.days import Days
from varn.overview.demo.events import Event, happen
from varn.overview.demo.founding import found
from varn.overview.demo.place import Place
from varn.overview.demo.staffing import appointments
from varn.overview.demo.story import Minutes

AHEAD = timedelta(days=20)
UNREAD = timedelta(days=10)


@transaction.atomic
def fill(*, days: Days, at: datetime, instead: Minutes | None = None) -> Place:
    """The municipality stands as the story tells it up to this moment, with a history that really happened.

    With `instead` the story is about that decision, and tells nothing else that was decided.
    """
    with override("sv"):
        place = found(days)
        told = (instead,) if instead else story.minutes()
        events = [
            *appointments(place, story.members()),
            *standing_in.absences(place, story.absences()),
            *connecting.groups(place, story.groups()),
            *closing_off.compartments(place, story.compartments()),
            *_changes(place),
            *deciding.decisions(place, told),
            *closing_off.shares(place, () if instead else story.shares()),
            *asking.requests(place, story.asked(), at),
        ]
        happen(events, until=at)
        _read_notices(place, at)
    return place


def _read_notices(place: Place, at: datetime) -> None:
    """Everybody has read what they were told more than a few days ago."""
    for account in [place.administrator, *place.accounts.values()]:
        mark_read(viewer=viewer_of(account, at=at), at=at - UNREAD)


def _changes(place: Place) -> Iterator[Event]:
    told = story.municipality()
    for code, day, name in told["renamed"]:
        yield Event(at=place.days.moment(day - AHEAD), what=_rename, given=(place, code, day, name))
    for code, day, above in told["moved"]:
        yield Event(at=place.days.moment(day - AHEAD), what=_move, given=(place, code, day, above))


def _rename(at: datetime, place: Place, code: str, day: date, name: str) -> None:
    first = place.days.day(day)
    rename_unit(unit=place.units[code], name=name, from_date=first, by=place.founder(at), at=at)


def _move(at: datetime, place: Place, code: str, day: date, above: str) -> None:
    first, parent = place.days.day(day), place.units[above]
    move_unit(unit=place.units[code], parent=parent, from_date=first, by=place.founder(at), at=at)

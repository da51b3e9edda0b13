"""What happens in the demo, one thing after the other: a moment, and what is done then."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.jobs.registry import jobs

# What happens by itself in the areas happens early in the morning, on every day when something else happens too.
EARLY = 5
AREAS = ("organisation:", "decisions:")


@dataclass(frozen=True, kw_only=True)
class Event:
    """At the moment, `what` is done with what it is given."""

    at: datetime
    what: Callable[..., None]
    given: tuple[Any, ...] = ()


def happen(events: Iterable[Event], *, until: datetime) -> None:
    """Everything up to the moment has happened in its order, and every day began with what happens by itself."""
    told = sorted((event for event in events if event.at <= until), key=lambda event: event.at)
    dawn: datetime | None = None
    for event in told:
        if dawn is None or event.at.date() != dawn.date():
            dawn = event.at.replace(hour=EARLY, minute=0)
            _begin_day(dawn)
        event.what(event.at, *event.given)
    if dawn is not None and dawn.date() < until.date():
        _begin_day(until - timedelta(minutes=1))


def _begin_day(at: datetime) -> None:
    for job in jobs().values():
        if job.name.startswith(AREAS):
            job.function(by=system_viewer(at=at, job=job.name), at=at)

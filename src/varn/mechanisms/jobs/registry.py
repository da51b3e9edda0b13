"""Every job there is: the marked functions in the `jobs.py` of each app of Värn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings

from varn.kernel.schedule import Mark, Schedule


class UnknownJob(LookupError):
    """There is no job of this name."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One job: its name ("notices:deliver_mail", with a word in the glossary), when it is due, and what it calls."""

    name: str
    line: str
    schedule: Schedule
    function: Callable[..., int | None]

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's own time, in which the schedule is read."""
        return ZoneInfo(settings.TIME_ZONE)


@cache
def jobs() -> dict[str, Job]:
    """The jobs of all apps by name, in alphabetical order. Two jobs of one name are refused."""
    found: dict[str, Job] = {}
    for config in apps.get_app_configs():
        for job in _jobs_of(config.name):
            if job.name in found:
                raise ValueError(f"Two jobs are called {job.name}")
            found[job.name] = job
    return dict(sorted(found.items()))


def job_of(name: str) -> Job:
    """The job of this name. Raises `UnknownJob`."""
    try:
        return jobs()[name]
    except KeyError:
        raise UnknownJob(name) from None


def jobs_in(module: ModuleType) -> list[Job]:
    """The marked functions of one module."""
    marked = [value for value in vars(module).values() if isinstance(getattr(value, "mark", None), Mark)]
    return [
        Job(name=each.mark.name, line=each.mark.line, schedule=each.mark.schedule, function=each) for each in marked
    ]


def _jobs_of(app: str) -> list[Job]:
    """An app of Värn may have a `jobs.py`. The mechanism of that name is a package of its own and has none."""
    name = f"{app}.jobs"
    if not app.startswith("varn.") or find_spec(name) is None:
        return []
    return jobs_in(import_module(name))

"""A run of a job that failed, and what its error says."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.jobs.permissions import Permission
from varn.mechanisms.jobs.registry import jobs

UNPLANTED = {
    "Run.name": "a key of the product's own",
    "Run.started_by": "the name of the job or of the reader who started it",
    "Run.outcome": "a key of the product's own",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """One job has failed."""
    words, name = plot.words(general=(Permission.READ_RUNS,)), next(iter(jobs()))
    ended = {"started_at": plot.at, "ended_at": plot.at, "outcome": Outcome.FAILED}
    run = Run.objects.create(name=name, started_by=name, error=words("Run.error"), **ended)
    for thing in ("job", "run"):
        yield Thing(name=f"jobs:{thing}", keys={"name": name}, record=run, read=Permission.READ_RUNS)

"""Trying out a file, bringing in what was tried out, and throwing it away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, Refused, action, record
from varn.mechanisms.imports.counting import count_anew
from varn.mechanisms.imports.importer import Outcome, Planned
from varn.mechanisms.imports.lifecycle import RunState
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.permissions import Permission
from varn.mechanisms.imports.planning import (
    Judged,
    Tried,
    counts_of,
    fingerprints_of,
    holds_still,
    plan_of,
    report_of,
    rows_of,
)
from varn.mechanisms.imports.registry import importer_of
from varn.mechanisms.moves.making import begin, make
from varn.mechanisms.protecting import protected
from varn.mechanisms.references.numbers import next_reference

MANY = 500
# The verb of the trail for what nobody brings in alone.
GIVE = "imports:run:give_rights"


class DataChanged(Refused):
    """What the rows would do is no longer what was shown. Nothing was brought in."""

    def __init__(self) -> None:
        super().__init__(Refusal("imports:refusal.data_changed"))


@action
def check_file(*, tried: Tried, by: Viewer, at: datetime) -> Run:
    """What the file would do stands as a report; nothing of it is brought in."""
    require(Permission.CHECK, by=by)
    require(importer_of(tried.kind).permission, by=by)
    run = Run.objects.create(
        reference=next_reference("IMP", at=at),
        kind=tried.kind,
        file_name=tried.name,
        sha256=tried.sha256,
        rows=[[row.number, dict(row.values)] for row in tried.rows],
        counts=counts_of(tried.plan),
        report=report_of(tried.plan),
        fingerprints=fingerprints_of(tried.plan),
        account_id=by.account_id,
        made_by=by.name,
        created_at=at,
    )
    begin(run, by=by, at=at)
    record(Permission.CHECK, run, by=by, at=at, changes=_counted({}, run.counts))
    return run


@action
def check_again(*, run: Run, judged: Judged, by: Viewer, at: datetime) -> Run:
    """The report says what the rows would do now, and which rows that differs for since it was last shown."""
    require(Permission.CHECK, by=by)
    run = _held(run)
    plan = judged.plan
    now = fingerprints_of(plan)
    pairs = zip(plan, run.fingerprints, now, strict=True)
    run.differing = [planned.row.number for planned, then, fresh in pairs if then != fresh]
    before, run.counts = run.counts, counts_of(plan)
    run.report, run.fingerprints = report_of(plan), now
    run.save(update_fields=["differing", "counts", "report", "fingerprints"])
    record(Permission.CHECK, run, by=by, at=at, changes=_counted(before, run.counts))
    return run


def _gives_rights(*, run: Run, judged: Judged, by: Viewer, **_others: Any) -> bool:
    return bool(importer_of(run.kind).never_alone(_changing(judged.plan), by=by))


@protected("imports:run:give_rights", when=_gives_rights)
@action
def apply_run(*, run: Run, judged: Judged | None = None, by: Viewer, at: datetime) -> Run:
    """Exactly what was shown is brought in, all of it, and the file's rows are forgotten.

    What was judged beforehand counts as long as nothing was done meanwhile that it rests on; otherwise the rows are
    judged again. What nobody brings in alone stands in the trail row by row. Raises `DataChanged` when the rows would
    now do something else than was shown, and `Refused` for a run with errors.
    """
    importer = importer_of(run.kind)
    require(importer.permission, by=by)
    run = _held(run)
    is_judged = judged is not None and holds_still(judged, importer)
    plan = judged.plan if judged and is_judged else plan_of(importer, rows_of(run), viewer=by, at=at)
    if run.rows and fingerprints_of(plan) != run.fingerprints:
        raise DataChanged
    _end(run, "apply", by=by, at=at)
    changing = _changing(plan)
    given = importer.never_alone(changing, by=by)
    if given:
        record(GIVE, run, by=by, at=at, changes={"rows": (None, "; ".join(given))})
    importer.apply(changing, by=by, at=at)
    if len(changing) >= MANY:
        count_anew(importer.fills)
    return run


@action
def discard_run(*, run: Run, by: Viewer, at: datetime, reason: str = "") -> Run:
    """Nothing of the file is brought in, and its rows are forgotten."""
    run = _held(run)
    _end(run, "discard", by=by, at=at, reason=reason)
    return run


def _changing(plan: Sequence[Planned]) -> list[Planned]:
    return [each for each in plan if each.outcome in (Outcome.NEW, Outcome.CHANGED)]


def _held(run: Run) -> Run:
    """The run as it is now, held until the deed is done with the others of its kind that wait: they follow in turn."""
    waiting = Run.objects.filter(Q(kind=run.kind, state=RunState.CHECKED) | Q(pk=run.pk)).order_by("pk")
    held = {each.pk: each for each in waiting.select_for_update().defer("rows", "fingerprints", "report")}
    return held[run.pk]


def _counted(before: dict[str, int], now: dict[str, int]) -> Changes:
    """What the trail says of the counts: those that differ, each by its own name."""
    return {f"rows_{name}": (before.get(name), count) for name, count in now.items() if before.get(name) != count}


def _end(run: Run, move: str, *, by: Viewer, at: datetime, reason: str = "") -> None:
    make(run, move, by=by, at=at, reason=reason)
    run.rows, run.fingerprints = [], []
    run.save(update_fields=["rows", "fingerprints"])

"""Trying out a file, bringing in what was tried out, and throwing it away."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Changes, action, record
from varn.mechanisms.imports.importer import Importer, Outcome, Planned, Row
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.permissions import Permission
from varn.mechanisms.imports.planning import counts_of, fingerprints_of, report_of
from varn.mechanisms.imports.reading import read_rows
from varn.mechanisms.imports.registry import importer_of
from varn.mechanisms.moves.making import begin, make
from varn.mechanisms.references.numbers import next_reference


class DataChanged(Exception):
    """What the rows would do is no longer what was shown. Nothing was brought in."""


@action
def check_file(*, kind: str, name: str, content: bytes, by: Viewer, at: datetime) -> Run:
    """The file has been tried out and its report stands; nothing of it is brought in.

    Raises `UnknownImporter`, and `Refused` for a file that is no table with the right headings.
    """
    importer = importer_of(kind)
    require(Permission.CHECK, by=by)
    require(importer.permission, by=by)
    rows = read_rows(content, importer.columns)
    plan = _plan(importer, rows, viewer=by, at=at)
    run = Run.objects.create(
        reference=next_reference("IMP", at=at),
        kind=kind,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[[row.number, dict(row.values)] for row in rows],
        counts=counts_of(plan),
        report=report_of(plan),
        fingerprints=fingerprints_of(plan),
        account_id=by.account_id,
        made_by=by.name,
        created_at=at,
    )
    begin(run, by=by, at=at)
    record(Permission.CHECK, run, by=by, at=at, changes=_counted({}, run.counts))
    return run


@action
def check_again(*, run: Run, by: Viewer, at: datetime) -> Run:
    """The report says what the rows would do now, and which rows that differs for since it was last shown."""
    require(Permission.CHECK, by=by)
    plan = _plan(importer_of(run.kind), _rows(run), viewer=by, at=at)
    now = fingerprints_of(plan)
    pairs = zip(plan, run.fingerprints, now, strict=True)
    run.differing = [planned.row.number for planned, then, fresh in pairs if then != fresh]
    before, run.counts = run.counts, counts_of(plan)
    run.report, run.fingerprints = report_of(plan), now
    run.save(update_fields=["differing", "counts", "report", "fingerprints"])
    record(Permission.CHECK, run, by=by, at=at, changes=_counted(before, run.counts))
    return run


@action
def apply_run(*, run: Run, by: Viewer, at: datetime) -> Run:
    """Exactly what was shown is brought in, all of it, and the file's rows are forgotten.

    Raises `DataChanged` when the rows would now do something else than was shown, and `Refused` for a run with errors.
    """
    importer = importer_of(run.kind)
    require(importer.permission, by=by)
    run = Run.objects.select_for_update().get(pk=run.pk)
    plan = _plan(importer, _rows(run), viewer=by, at=at) if run.rows else []
    if run.rows and fingerprints_of(plan) != run.fingerprints:
        raise DataChanged(run.reference)
    _end(run, "apply", by=by, at=at)
    importer.apply([each for each in plan if each.outcome in (Outcome.NEW, Outcome.CHANGED)], by=by, at=at)
    return run


@action
def discard_run(*, run: Run, by: Viewer, at: datetime, reason: str = "") -> Run:
    """Nothing of the file is brought in, and its rows are forgotten."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    _end(run, "discard", by=by, at=at, reason=reason)
    return run


def _plan(importer: Importer, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
    plan = importer.check(rows, viewer=viewer, at=at)
    if [planned.row.number for planned in plan] != [row.number for row in rows]:
        raise ValueError(f"{importer.thing}: the plan does not answer for each row")
    return plan


def _counted(before: dict[str, int], now: dict[str, int]) -> Changes:
    """What the trail says of the counts: those that differ, each by its own name."""
    return {f"rows_{name}": (before.get(name), count) for name, count in now.items() if before.get(name) != count}


def _rows(run: Run) -> list[Row]:
    return [Row(number=number, values=values) for number, values in run.rows]


def _end(run: Run, move: str, *, by: Viewer, at: datetime, reason: str = "") -> None:
    make(run, move, by=by, at=at, reason=reason)
    run.rows, run.fingerprints = [], []
    run.save(update_fields=["rows", "fingerprints"])

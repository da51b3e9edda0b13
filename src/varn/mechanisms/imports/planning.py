"""Trying out a file, and what its plan comes to: counts, what the page shows, and a fingerprint of every row."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.queries import is_done_since, latest_entry
from varn.mechanisms.imports.importer import Importer, Outcome, Planned, Problem, Row
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.reading import read_rows
from varn.mechanisms.imports.registry import importer_of

ERRORS_SHOWN = 500
WARNINGS_SHOWN = 100
CHANGES_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A file that was read and judged; nothing of it is kept yet."""

    kind: str
    name: str
    sha256: str
    rows: Sequence[Row]
    plan: Sequence[Planned]


def try_out(*, kind: str, name: str, content: bytes, viewer: Viewer, at: datetime) -> Tried:
    """The file read and each row of it judged, before anything is written: a large one keeps no writer waiting.

    Raises `UnknownImporter`, and `Refused` for a file that is no table with the right headings.
    """
    importer = importer_of(kind)
    require(importer.permission, by=viewer)
    rows = read_rows(content, importer.columns)
    plan = plan_of(importer, rows, viewer=viewer, at=at)
    return Tried(kind=kind, name=name[:200], sha256=hashlib.sha256(content).hexdigest(), rows=rows, plan=plan)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the rows of a file that was tried out would do now, and the last entry in the trail before it was asked."""

    plan: Sequence[Planned]
    after: int


def judge(run: Run, *, viewer: Viewer, at: datetime) -> Judged:
    """Each row of the file judged anew, before anything is written: a large one keeps no writer waiting."""
    importer = importer_of(run.kind)
    require(importer.permission, by=viewer)
    after = latest_entry()
    return Judged(plan=plan_of(importer, rows_of(run), viewer=viewer, at=at), after=after)


def holds_still(judged: Judged, importer: Importer) -> bool:
    """Whether the rows would do the same now, since nothing that they rest on has been done meanwhile.

    Asked by whoever holds the only writer's place. Where the database locks rows and many write at once, the answer is
    no: the rows are judged again, which keeps nobody waiting there.
    """
    return not connection.features.has_select_for_update and not is_done_since(judged.after, apps=importer.rests_on)


def rows_of(run: Run) -> list[Row]:
    """The rows of the file, as they are kept until it is brought in or thrown away."""
    return [Row(number=number, values=values) for number, values in run.rows]


def plan_of(importer: Importer, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
    """What each row would do. Raises `ValueError` for an importer that does not answer for each row."""
    plan = importer.check(rows, viewer=viewer, at=at)
    if [planned.row.number for planned in plan] != [row.number for row in rows]:
        raise ValueError(f"{importer.thing}: the plan does not answer for each row")
    return plan


def counts_of(plan: Sequence[Planned]) -> dict[str, int]:
    """How many rows there are of each outcome."""
    found = Counter(planned.outcome for planned in plan)
    return {outcome.value: found[outcome] for outcome in Outcome}


def report_of(plan: Sequence[Planned]) -> dict[str, list[dict[str, Any]]]:
    """The first errors and the first changes, as plain data."""
    errors = [planned for planned in plan if planned.outcome is Outcome.ERROR]
    changes = [planned for planned in plan if planned.outcome in (Outcome.NEW, Outcome.CHANGED)]
    return {
        "errors": [plain(planned) for planned in errors[:ERRORS_SHOWN]],
        "warnings": [plain(planned) for planned in plan if planned.warnings][:WARNINGS_SHOWN],
        "changes": [plain(planned) for planned in changes[:CHANGES_SHOWN]],
    }


def fingerprints_of(plan: Sequence[Planned]) -> list[str]:
    """For each row what it would do, as a short digest: two plans that would do the same are equal."""
    return [_digest(plain(planned)) for planned in plan]


def plain(planned: Planned) -> dict[str, Any]:
    """One planned row as plain data."""
    return {
        "row": planned.row.number,
        "outcome": planned.outcome.value,
        "label": planned.label,
        "changes": {column: list(pair) for column, pair in planned.changes.items()},
        "problems": _plain_problems(planned.problems),
        "warnings": _plain_problems(planned.warnings),
    }


def _plain_problems(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "column": problem.column,
            "reason": problem.reason.key,
            "values": {name: str(value) for name, value in problem.reason.values.items()},
        }
        for problem in problems
    ]


def _digest(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

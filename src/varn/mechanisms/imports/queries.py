"""What the pages of imports show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import Importer, Outcome
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.registry import UnknownImporter, importer_of
from varn.mechanisms.ui.words import language, sentence


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row of the report: its number in the file, what it is about, and its changes or problems by column name."""

    number: int
    outcome: str
    label: str
    changes: tuple[tuple[str, str, str], ...]
    problems: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]


def runs(*, viewer: Viewer) -> QuerySet[Run]:
    """The imports the reader may see, newest first, without what their files say."""
    return reported_runs(viewer=viewer).defer("report")


def reported_runs(*, viewer: Viewer) -> QuerySet[Run]:
    """The imports the reader may see, newest first, with the report of what they did or would do."""
    return Run.objects.visible_to(viewer).defer("rows", "fingerprints")


def shown_rows(run: Run, part: str) -> list[ShownRow]:
    """The first "errors", "warnings" or "changes" of the run's report, in the reader's language."""
    return [shown(row, run.kind) for row in run.report.get(part, [])]


def shown(row: dict[str, Any], kind: str) -> ShownRow:
    """One planned row, as `planning.plain` wrote it, in the reader's language."""
    names = _column_names(kind)
    return ShownRow(
        number=row["row"],
        outcome=row["outcome"],
        label=row["label"],
        changes=tuple((names.get(key, key), old, new) for key, (old, new) in row["changes"].items()),
        problems=_said(row["problems"], names),
        warnings=_said(row.get("warnings", []), names),
    )


def totals(run: Run) -> list[tuple[str, int]]:
    """How many rows there are of each outcome, in the order they are read."""
    return [(outcome.value, run.counts.get(outcome.value, 0)) for outcome in Outcome]


def _said(problems: list[dict[str, Any]], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (names.get(problem["column"], problem["column"]), sentence(Refusal(problem["reason"], **problem["values"])))
        for problem in problems
    )


def _column_names(kind: str) -> dict[str, str]:
    try:
        importer: Importer = importer_of(kind)
    except UnknownImporter:
        return {}
    return {column.key: column.sv if language() == "sv" else column.en for column in importer.columns}

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.kernel.faults import file_fault
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.attachments.uploads import megabytes
from varn.mechanisms.imports import actions
from varn.mechanisms.imports.importer import Outcome
from varn.mechanisms.imports.planning import Tried, counts_of, judge, report_of, try_out
from varn.mechanisms.imports.queries import ShownRow, shown
from varn.mechanisms.imports.registry import importers
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.words import sentence, word, words


class Command(BaseCommand):
    """Tries out a file and prints the report of its rows; with --apply, brings it in if no row is wrong."""

    help = _("Try out a file of units, people or appointments. Nothing is written without --apply.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(importers()))
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help=_("bring the rows in, if none of them is wrong"))

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = system_viewer(at=timezone.now(), job="actor.command")
        content, name = _content(options["file"]), options["file"].name
        try:
            tried = try_out(kind=options["kind"], name=name, content=content, viewer=viewer, at=viewer.at)
            wrong = self._report(tried)
            if options["apply"] and not wrong:
                self._bring_in(tried, viewer)
        except Refused as error:
            raise CommandError(sentence(error.refusal)) from error
        if wrong:
            raise CommandError(f"{word('imports:outcome.error')}: {wrong}")

    def _report(self, tried: Tried) -> int:
        report, counts = report_of(tried.plan), counts_of(tried.plan)
        for row in [*report["errors"], *report["warnings"], *report["changes"]]:
            self._write(shown(row, tried.kind))
        for outcome, count in counts.items():
            self.stdout.write(f"{words(f'imports:outcome.{outcome}')}: {count}")
        return counts[Outcome.ERROR]

    def _write(self, row: ShownRow) -> None:
        for column, why in (*row.problems, *row.warnings):
            self.stdout.write(f"{row.number}: {column}: {why}")
        if not row.problems:
            changes = "; ".join(f"{column}: {old} → {new}" for column, old, new in row.changes)
            self.stdout.write(f"{row.number}: {word(f'imports:outcome.{row.outcome}')}: {row.label} {changes}".rstrip())

    def _bring_in(self, tried: Tried, viewer: Viewer) -> None:
        run = actions.check_file(tried=tried, by=viewer, at=viewer.at)
        actions.apply_run(run=run, judged=judge(run, viewer=viewer, at=viewer.at), by=viewer, at=viewer.at)
        self.stdout.write(f"{run.reference}: {word('imports:run.applied')}")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > settings.UPLOAD_LIMIT:
            raise CommandError(f"{path}: > {megabytes()} MB")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(sentence(file_fault(error, path))) from error

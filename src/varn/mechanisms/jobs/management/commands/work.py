from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from huey.contrib.djhuey import HUEY

from varn.mechanisms.jobs.lifeline import end_with_parent
from varn.mechanisms.jobs.models import Outcome
from varn.mechanisms.jobs.registry import jobs
from varn.mechanisms.jobs.running import run_due
from varn.mechanisms.ui.words import word


class Command(BaseCommand):
    """Runs the jobs: for good, or once everything that is due."""

    help = _("Run the jobs when they are due. With --once, run what is due now and return.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help=_("run what is due now and return"))
        parser.add_argument("--workers", type=int, default=2, help=_("how many jobs may run side by side"))

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("tasks")
        if options["once"]:
            self._once()
            return
        end_with_parent()
        said = _("%(jobs)s jobs, %(workers)s side by side. Stop with Ctrl-C.")
        self.stdout.write(said % {"jobs": len(jobs()), "workers": options["workers"]})
        self.stdout.flush()
        HUEY.create_consumer(workers=options["workers"], periodic=True, graceful_signal="TERM").run()

    def _once(self) -> None:
        while (task := HUEY.dequeue()) is not None:
            HUEY.execute(task)
        runs = run_due(at=timezone.now())
        for run in runs:
            count = "" if run.count is None else f" ({run.count})"
            said = run.error if run.outcome == Outcome.FAILED else word(f"jobs:outcome.{run.outcome}")
            self.stdout.write(f"{run.name}: {said}{count}")
        if any(run.outcome == Outcome.FAILED for run in runs):
            raise CommandError(_("A job failed."))

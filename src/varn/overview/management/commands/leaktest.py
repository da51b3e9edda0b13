"""`varn leaktest`: whether anybody is shown, counts, finds or is told of what is not theirs, in this very version."""

import json
import random
import tempfile
from argparse import SUPPRESS, ArgumentParser
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.overview.leaktest import telling
from varn.overview.leaktest.addresses import patterns
from varn.overview.leaktest.questions import Order
from varn.overview.leaktest.results import merged
from varn.overview.leaktest.running import Examination
from varn.overview.leaktest.scratch import PART, Broken, NoDatabase, run_parts, scratch_database

SAMPLE = 10_000
PARTS = 2
EVERY = 100


class Command(BaseCommand):
    help = _("Asks everything as everybody, in a database of its own, and fails at the first thing that leaks.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--full", action="store_true", help=_("ask everything, not a sample of 10,000 requests"))
        parser.add_argument("--only", default="*", metavar="PATTERN", help=_("only these addresses: 'decisions:*'"))
        parser.add_argument("--seed", type=int, help=_("ask the same sample again"))
        parser.add_argument("--json", type=Path, metavar="FILE", help=_("write what was found to this file as well"))
        parser.add_argument("--go-on", action="store_true", help=_("do not stop at the first thing found"))
        parser.add_argument("--quiet", action="store_true", help=_("leave out the table"))
        parser.add_argument(PART, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["part_of"]:
            self._ask_part(Order(**json.loads(options["part_of"])))
            return
        if not any(fnmatch(url, options["only"]) for url in patterns()):
            raise CommandError(_("No address is called “%(pattern)s”.") % {"pattern": options["only"]})
        seed = random.SystemRandom().randrange(10**6) if options["seed"] is None else options["seed"]
        parts = PARTS if options["full"] else 1
        orders = [
            Order(
                seed=seed,
                sample=None if options["full"] else SAMPLE,
                only=options["only"],
                part=part,
                parts=parts,
                goes_on=options["go_on"],
            )
            for part in range(parts)
        ]
        self.stdout.write(_("Seed %(seed)d. Nothing of this installation's own data is touched.") % {"seed": seed})
        self._tell(merged(self._run(orders)), options)

    def _run(self, orders: list[Order]) -> list[dict[str, Any]]:
        try:
            return run_parts(orders, postgresql=connection.vendor == "postgresql", say=self._say)
        except NoDatabase:
            said = _("The role of this installation may make no database in PostgreSQL: SQLite is used instead.")
            self.stdout.write(said)
            return run_parts(orders, postgresql=False, say=self._say)
        except Broken as fault:
            raise CommandError(_("The leak test itself broke: %(why)s") % {"why": fault}) from fault

    def _tell(self, result: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            options["json"].write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        if not options["quiet"]:
            self.stdout.write("\n".join(telling.table(result["table"])))
        self.stdout.write("\n".join(telling.figures(result)))
        lines = [line for one in result["findings"] for line in telling.finding(one)]
        if lines:
            raise CommandError("\n".join([*lines, _("The leak test has found something.")]))
        self.stdout.write(_("Nothing leaks."))

    def _ask_part(self, order: Order) -> None:
        with scratch_database():
            places = [Path(tempfile.gettempdir())]
            result = Examination(order, at=timezone.now(), say=self._count, places=places).run()
        self.stdout.write(json.dumps(result.as_data(), ensure_ascii=False))

    def _count(self, count: int) -> None:
        if count // EVERY > self._told:
            self._told = count // EVERY
            self.stdout.write(json.dumps({"count": count}))
            self.stdout.flush()

    def _say(self, count: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{count}", ending="")
            self.stdout.flush()

    _told = 0

"""`varn demo`: an invented municipality to try Värn in, in a data folder of its own."""

import json
import shutil
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.areas.decisions.reader import Unreadable
from varn.areas.organisation.models import Unit
from varn.kernel.faults import file_fault
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.ui.words import language, sentence
from varn.overview.demo.days import Days, as_decided, relative_to
from varn.overview.demo.deciding import NothingDecided, NotStated
from varn.overview.demo.filling import fill
from varn.overview.demo.other import from_file
from varn.overview.demo.story import Minutes
from varn.overview.models import FirstRun
from varn.overview.preparing import prepare_database
from varn.overview.serving import AlreadyServed, NoPort, free_port, held_alone, port_number, say_where, serve

PORTS_TRIED = 50


class Command(BaseCommand):
    help = _("Fills an invented municipality modelled on a real decision, once, and serves it on this machine.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help=_("throw the demo's data away first; asks before"))
        parser.add_argument("--yes", action="store_true", help=_("answer yes when --reset asks"))
        parser.add_argument("--as-decided", action="store_true", help=_("keep the real days, not days from today"))
        parser.add_argument("--decision", type=Path, metavar="FILE", help=_("start from these minutes instead"))
        parser.add_argument("--body", default="", help=_("the body that decided, where those minutes do not say"))
        parser.add_argument("--date", type=_day, help=_("the day of the meeting, where those minutes do not say"))
        parser.add_argument("--paragraph", default="", help=_("the number of the §, where those minutes do not say"))
        parser.add_argument("--port", type=port_number, default=8000, help=_("the first port to try (8000)"))
        parser.add_argument("--no-serve", action="store_true", help=_("fill only"))
        parser.add_argument("--no-work", action="store_true", help=_("serve without the worker"))

    def handle(self, *args: Any, **options: Any) -> None:
        days, instead = self._told(options)
        self._refuse_another_installation()
        try:
            place = held_alone(settings.HOME)
        except AlreadyServed as there:
            refusal = Refusal("overview:refusal.demo_is_served", address=there.address)
            raise CommandError(sentence(refusal)) from there
        with place:
            self._fill_and_serve(place, days, instead, options)

    def _fill_and_serve(self, place: TextIO, days: Days, instead: Minutes | None, options: dict[str, Any]) -> None:
        if options["reset"] and settings.DEMO_FILE.is_file() and not self._reset(options["yes"]):
            self.stdout.write(_("Nothing was thrown away."))
            return
        self._fill(days, instead, chosen=bool(instead or options["as_decided"]))
        self.stdout.write(_("Data: %(folder)s") % {"folder": settings.HOME})
        if not options["no_serve"]:
            self._serve(place, options)

    def _told(self, options: dict[str, Any]) -> tuple[Days, Minutes | None]:
        today = timezone.localdate()
        path = options["decision"]
        if path is None:
            return (as_decided(today) if options["as_decided"] else relative_to(today)), None
        try:
            told = {"body": options["body"], "day": options["date"], "paragraph": options["paragraph"]}
            days, minutes = from_file(path, **told, today=today)
        except Unreadable as fault:
            raise CommandError(f"{path}: {fault.swedish if language() == 'sv' else fault.english}") from fault
        except NotStated as fault:
            lacking = [sentence(Refusal(f"overview:refusal.no_{what}_stated", path=path)) for what in fault.what]
            raise CommandError("\n".join(lacking)) from fault
        except NothingDecided as fault:
            raise CommandError(sentence(Refusal("overview:refusal.nothing_decided", path=path))) from fault
        except OSError as fault:
            raise CommandError(sentence(file_fault(fault, path))) from fault
        if days.day(minutes.registered) > today:
            raise CommandError(sentence(Refusal("overview:refusal.too_new", path=path)))
        return days, minutes

    def _refuse_another_installation(self) -> None:
        if settings.DEMO_FILE.is_file() or not _has_tables():
            return
        if Account.objects.exists() or Unit.objects.exists() or FirstRun.objects.exists():
            raise CommandError(sentence(Refusal("overview:refusal.no_demo", folder=settings.HOME)))

    def _reset(self, yes: bool) -> bool:
        if connection.vendor != "sqlite":
            raise CommandError(sentence(Refusal("overview:refusal.not_resettable")))
        question = _("Everything in the demo in %(folder)s is thrown away. Go on? [y/N]") % {"folder": settings.HOME}
        try:
            agreed = yes or input(f"{question} ").strip().lower() in ("y", "yes", "j", "ja")
        except EOFError:
            agreed = False
        if not agreed:
            return False
        connection.close()
        for path in settings.HOME.glob("*.sqlite3*"):
            path.unlink()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        return True

    def _fill(self, days: Days, instead: Minutes | None, *, chosen: bool) -> None:
        settings.DEMO_FILE.write_text(json.dumps({"demo": True}), encoding="utf-8")
        prepare_database(self.stdout.write, is_demo=True)
        if Account.objects.exists():
            self.stdout.write(_("The demo is there already and keeps its data. Start it anew with --reset."))
            if chosen:
                self.stdout.write(_("The choice of days or decision has no effect without --reset."))
            return
        self.stdout.write(_("Filling the demo municipality …"))
        self.stdout.flush()
        fill(days=days, at=timezone.now(), instead=instead)

    def _serve(self, place: TextIO, options: dict[str, Any]) -> None:
        try:
            port = free_port("127.0.0.1", options["port"], tries=PORTS_TRIED)
        except NoPort as fault:
            raise CommandError(sentence(fault.refusal)) from fault
        address = {"address": f"http://localhost:{port}"}
        self.stdout.write(_("Open %(address)s (stop with Ctrl-C)") % address)
        self.stdout.flush()
        connection.close()
        say_where(place, address["address"])
        serve(host="127.0.0.1", port=port, work=not options["no_work"])


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ArgumentTypeError(_("%(day)s is not a day. Write it as 2026-11-23.") % {"day": written}) from error


def _has_tables() -> bool:
    return Account._meta.db_table in connection.introspection.table_names()

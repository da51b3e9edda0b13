"""`varn serve`: this installation, on this machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.mechanisms.ui.words import sentence
from varn.overview.first_run.code import new_code
from varn.overview.preparing import prepare_database
from varn.overview.serving import NoPort, free_port, port_number, serve


class Command(BaseCommand):
    help = _("Serves this installation on this machine, with the worker that does what happens by itself.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("the address to listen at (127.0.0.1)"))
        parser.add_argument("--port", type=port_number, default=8000, help=_("the port to listen at (8000)"))
        parser.add_argument("--no-work", action="store_true", help=_("leave the worker to another process: varn work"))

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_database(self.stdout.write)
        try:
            port = free_port(options["host"], options["port"])
        except NoPort as fault:
            raise CommandError(sentence(fault.refusal)) from fault
        code = new_code(at=timezone.now())
        if code:
            said = _("Nobody has an account yet. Open the page and give this code: %(code)s") % {"code": code}
            self.stdout.write(said)
        address = {"address": f"http://localhost:{port}"}
        self.stdout.write(_("Serving at %(address)s (stop with Ctrl-C)") % address)
        self.stdout.flush()
        connection.close()
        serve(host=options["host"], port=port, work=not options["no_work"])

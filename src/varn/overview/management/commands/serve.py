"""`varn serve`: this installation, on this machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from varn.overview.first_run.code import new_code
from varn.overview.preparing import prepare_database
from varn.overview.serving import PortTaken, free_port, serve


class Command(BaseCommand):
    help = "Serves this installation on this machine, with the worker that does what happens by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen at (8000)")
        parser.add_argument("--no-work", action="store_true", help="leave the worker to another process: varn work")

    def handle(self, *args: Any, **options: Any) -> None:
        prepare_database(self.stdout.write)
        try:
            port = free_port(options["host"], options["port"])
        except PortTaken as taken:
            raise CommandError(str(taken)) from taken
        code = new_code(at=timezone.now())
        if code:
            self.stdout.write(f"Nobody has an account yet. Open the page and give this code: {code}")
        self.stdout.write(f"Serving at http://localhost:{port} (stop with Ctrl-C)")
        self.stdout.flush()
        connection.close()
        serve(host=options["host"], port=port, work=not options["no_work"])

"""Databases and folders of the leak test's own, in processes of their own: nothing of the installation is touched."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import connection

from varn.overview.leaktest.questions import Order

# With it the command asks its part in this process, and writes JSON lines.
PART = "--part-of"
NO_DATABASE = 3
# What an installation has set that a scratch one must not: its data, its addresses, its mail.
OWN = ("VARN_DATABASE_URL", "VARN_DEMO", "VARN_BASE_URL", "VARN_HOSTS", "VARN_ORIGINS", "VARN_PROXY", "VARN_PROVIDERS")


class NoDatabase(Exception):
    """The role may make no database in the server."""


class Broken(Exception):
    """A part ended without saying what it found. Its last words are the message."""


def run_parts(orders: Sequence[Order], *, postgresql: bool, say: Callable[[int], None]) -> list[dict[str, Any]]:
    """What each part found, each in a process, a folder and a database of its own.

    The first that finds something stops the others, unless the order says otherwise. Raises `NoDatabase` where the
    server lets the role make none, and `Broken`.
    """
    parts = [_Part(order, postgresql=postgresql) for order in orders]
    try:
        while any(part.is_running for part in parts):
            for part in parts:
                part.wait(0.5)
            say(sum(part.count for part in parts))
            if any(part.has_found for part in parts) and not orders[0].goes_on:
                break
    finally:
        for part in parts:
            part.stop()
    return [part.result() for part in parts if part.said or not any(one.has_found for one in parts)]


@contextmanager
def scratch_database() -> Iterator[None]:
    """An empty database with all tables, in this process. On PostgreSQL it is gone afterwards."""
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
        yield
        return
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"varn_leaktest_{uuid4().hex[:12]}"
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    except SystemExit:
        sys.exit(NO_DATABASE)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


class _Part:
    """One process that asks its part, and what it has said so far."""

    def __init__(self, order: Order, *, postgresql: bool) -> None:
        self.count, self.said = 0, {}
        self._folder = tempfile.TemporaryDirectory(prefix="varn-leaktest-")
        self._errors = Path(self._folder.name, "errors")
        home = Path(self._folder.name, "home")
        inherited = {name: value for name, value in os.environ.items() if name not in OWN}
        if postgresql:
            inherited["VARN_DATABASE_URL"] = os.environ["VARN_DATABASE_URL"]
        environment = inherited | {
            "VARN_HOME": str(home),
            "VARN_EMAIL_URL": "memorymail://",
            "TMPDIR": self._folder.name,
        }
        command = [sys.executable, "-m", "varn.config.command", "leaktest", PART, json.dumps(asdict(order))]
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def is_running(self) -> bool:
        return self._reader.is_alive()

    @property
    def has_found(self) -> bool:
        return bool(self.said.get("findings"))

    def wait(self, seconds: float) -> None:
        self._reader.join(seconds)

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait()
        self._reader.join()

    def result(self) -> dict[str, Any]:
        try:
            if self._process.returncode == NO_DATABASE:
                raise NoDatabase
            if not self.said:
                raise Broken(self._errors.read_text(encoding="utf-8")[-2000:])
            return self.said
        finally:
            self._folder.cleanup()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            told = json.loads(line)
            if "count" in told:
                self.count = told["count"]
            else:
                self.said = told

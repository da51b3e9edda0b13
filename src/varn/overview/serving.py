"""Serving an installation on this machine: the web pages in this process, and one worker beside it."""

import errno
import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.jobs.lifeline import SECONDS_TO_STOP, hold_children
from varn.mechanisms.ui.words import sentence

LAST_PORT = 65_535
SECONDS_TO_WAIT = 60
THREADS = min(8, 2 * (os.cpu_count() or 1))

logger = logging.getLogger(__name__)


class NoPort(Exception):
    """It cannot be served there; the refusal says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.key)
        self.refusal = refusal


class AlreadyServed(Exception):
    """Another program serves this folder already, at the address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def held_alone(folder: Path) -> TextIO:
    """The folder is this program's until the file is closed or the program ends. Raises `AlreadyServed`."""
    place = (folder / "served").open("a+", encoding="utf-8")
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        place.seek(0)
        raise AlreadyServed(place.read()) from error
    say_where(place, "")
    return place


def say_where(place: TextIO, address: str) -> None:
    """Whoever finds the folder taken is told this address."""
    place.truncate(0)
    place.write(address)
    place.flush()


def port_number(text: str) -> int:
    """A port as it is written on the command line."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:6]) <= LAST_PORT:
        raise ArgumentTypeError(sentence(Refusal("overview:refusal.no_port", text=text)))
    return int(text)


def free_port(host: str, wanted: int, *, tries: int = 1) -> int:
    """The first port from the wanted one on that nothing listens on. Raises `NoPort` after so many tries."""
    for port in range(wanted, min(wanted + tries, LAST_PORT + 1)):
        if _is_free(host, port):
            return port
    raise NoPort(Refusal("overview:refusal.port_taken", port=wanted))


def serve(*, host: str, port: int, work: bool) -> None:
    """The pages are served and what happens by itself happens, until the program is stopped; then both have ended."""
    _answer_to(f"http://localhost:{port}")
    hold_children()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _worker() if work else _nobody():
        Granian(
            "varn.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=THREADS,
            log_level="warning",
            workers_kill_timeout=SECONDS_TO_STOP,
        ).serve()


def _answer_to(address: str) -> None:
    """Links in mails lead here, from this process and its children, unless the installation names another address."""
    if "VARN_BASE_URL" not in os.environ:
        os.environ["VARN_BASE_URL"] = settings.BASE_URL = address


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            if error.errno in (errno.EACCES, errno.EPERM):
                raise NoPort(Refusal("overview:refusal.port_closed", port=port)) from error
            raise NoPort(Refusal("overview:refusal.no_such_host", host=host)) from error
    return True


@contextmanager
def _worker() -> Iterator[None]:
    """One worker runs as a child of its own group, so that Ctrl-C reaches it through us and it ends with us.

    One that ends by itself is said in the log and followed by another, so that nothing that happens by itself stops
    for longer than `SECONDS_TO_WAIT`.
    """
    worker = _Worker()
    watch = threading.Thread(target=worker.keep, name="worker", daemon=True)
    watch.start()
    try:
        yield
    finally:
        worker.end()
        watch.join()


class _Worker:
    """The worker beside the pages, whichever process it is at the moment."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._changing = threading.Lock()
        self._child = self._started()

    def keep(self) -> None:
        """There is a worker until the end is told; a worker that ends at once is waited longer for each time."""
        wait = 1
        while not self._over.is_set():
            began = time.monotonic()
            code = self._child.wait()
            if self._over.is_set():
                return
            wait = 1 if time.monotonic() - began > SECONDS_TO_WAIT else min(2 * wait, SECONDS_TO_WAIT)
            logger.error("The worker ended by itself (%s). Another is started in %s seconds.", code, wait)
            self._over.wait(wait)
            with self._changing:
                if not self._over.is_set():
                    self._child = self._started()

    def end(self) -> None:
        """No worker is left, and none follows."""
        self._over.set()
        with self._changing:
            self._child.terminate()
            try:
                self._child.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "varn.config.command", "work"], start_new_session=True)


@contextmanager
def _nobody() -> Iterator[None]:
    yield

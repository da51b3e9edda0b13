"""A served installation for a browser to visit: the real server on real files, in a folder of its own."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SECONDS_TO_START = 120
DATABASE = "varn.sqlite3"
LOG = "served.log"
ROOT = Path(__file__).resolve().parents[2]
VARN = Path(sys.executable).with_name("varn")


def prepare(home: Path, *command: str) -> None:
    """The command has been run on the installation whose data lies in the folder."""
    subprocess.run([VARN, *command], env=environment(home), check=True, timeout=600)


def found(home: Path) -> None:
    """The small municipality of the tests stands in the folder."""
    subprocess.run(
        [sys.executable, "-m", "tests.browser.founding"], env=environment(home), cwd=ROOT, check=True, timeout=600
    )


def mails(home: Path) -> list[str]:
    """What stands in the mails of the outbox, oldest first: there they wait for a mail server."""
    with sqlite3.connect(home / DATABASE) as database:
        return [body for (body,) in database.execute("select body from notices_mail order by id")]


@contextmanager
def served(home: Path, *options: str) -> Iterator[str]:
    """The address of the installation, which answers until the block is left."""
    port = _free_port()
    address = f"http://localhost:{port}"
    log = (home / LOG).open("wb")
    server = subprocess.Popen(
        [VARN, "serve", "--port", str(port), *options], env=environment(home, address), stdout=log, stderr=log
    )
    try:
        _wait_for(address, server, home / LOG)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def environment(home: Path, address: str = "http://localhost:8000") -> dict[str, str]:
    database = f"sqlite:///{home / DATABASE}"
    return os.environ | {"VARN_HOME": str(home), "VARN_BASE_URL": address, "VARN_DATABASE_URL": database}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"Nothing is served at {address}:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")

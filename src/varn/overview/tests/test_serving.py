"""Serving: a free port, a code on the console, and a clean end without orphans."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from varn.kernel.lifecycle import Refusal
from varn.overview.serving import NoPort, free_port

SOURCE = Path(__file__).resolve().parents[3]
LONG = 40
SOON = 10


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_with_a_sentence(taken: int) -> None:
    with pytest.raises(NoPort) as refused:
        free_port("127.0.0.1", taken)
    assert refused.value.refusal == Refusal("overview:refusal.port_taken", port=taken)


def test_the_demo_takes_the_next_free_port(taken: int) -> None:
    assert free_port("127.0.0.1", taken, tries=20) > taken


def test_an_empty_installation_leads_to_the_first_run_and_ends_without_orphans(tmp_path: Path) -> None:
    port = _port()
    with open(tmp_path / "console", "w+", encoding="utf-8") as console:
        server = _served(tmp_path, port, "--no-work", stdout=console, stderr=console)
        try:
            page = _when_served(f"http://localhost:{port}/my-day/", server)
            code = re.search(r"ange koden: ([A-Z2-9-]{14})", (tmp_path / "console").read_text(encoding="utf-8"))
            assert page.url.endswith("/first-run/code/")
            assert code
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(LONG) == 0
    assert free_port("127.0.0.1", port) == port


def test_pages_and_worker_end_soon_after_a_server_that_was_killed(tmp_path: Path) -> None:
    """Whoever still lives holds the console open, so its end is the end of them all."""
    port = _port()
    server = _served(tmp_path, port, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watchdog = threading.Timer(LONG, server.kill)
    watchdog.start()
    try:
        _when_served(f"http://localhost:{port}/my-day/", server)
        assert any("sida vid sida" in line for line in server.stdout)
    finally:
        watchdog.cancel()
        server.kill()
    server.communicate(timeout=SOON)
    assert free_port("127.0.0.1", port) == port


def test_a_worker_that_was_killed_is_followed_by_another_with_a_word_in_the_log(tmp_path: Path) -> None:
    server = _served(tmp_path, _port(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watchdog = threading.Timer(LONG, server.kill)
    watchdog.start()
    try:
        assert any("sida vid sida" in line for line in server.stdout)
        os.kill(_worker_of(server), signal.SIGKILL)
        assert any("The worker ended by itself (-9)" in line for line in server.stdout)
        assert any("sida vid sida" in line for line in server.stdout)
    finally:
        watchdog.cancel()
        server.terminate()
    server.communicate(timeout=LONG)
    assert server.returncode == 0


def _worker_of(server: subprocess.Popen) -> int:
    return next(pid for pid, parent, words in _processes() if parent == server.pid and words.endswith("command work"))


def _processes() -> Iterator[tuple[int, int, str]]:
    """Every process with its parent and its command. A bare Debian has no `ps`, and only Linux has /proc."""
    if not Path("/proc/self/stat").exists():
        listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        yield from ((int(pid), int(parent), words) for pid, parent, words in map(_in_three, listed.splitlines()))
        return
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            yield int(folder.name), parent, (folder / "cmdline").read_text().replace("\0", " ").strip()


def _in_three(line: str) -> list[str]:
    return line.split(maxsplit=2)


def _port() -> int:
    return free_port("127.0.0.1", 18_000 + os.getpid() % 1000, tries=500)


def _served(home: Path, port: int, *options: str, **console: Any) -> subprocess.Popen:
    command = [sys.executable, "-m", "varn.config.command", "serve", "--port", str(port), *options]
    given = {"VARN_HOME": str(home), "PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]}
    return subprocess.Popen(command, env=given, **console)


def _when_served(address: str, server: subprocess.Popen) -> urllib.request.addinfourl:
    until = time.monotonic() + LONG
    while time.monotonic() < until and server.poll() is None:
        try:
            return urllib.request.urlopen(address)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("It was not served")

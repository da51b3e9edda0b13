"""Runs every check in four legs and closes with a summary that says what passed, failed and was skipped.

bin/test                        lint, sqlite, browser, postgresql
bin/test --only sqlite          one leg; may be given several times
bin/test --only proof           the long harnesses, which ask everything of everything (SQLite)
bin/test --only browser-proof   the same in a browser
bin/test --only postgresql-proof  the same on PostgreSQL, with what the usual run asks on SQLite alone
bin/test -k appointment         other options and paths go to pytest; the lint leg is then left out
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.services import Missing, a_postgresql, find_chromium, find_node

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent
NO_TEST_CHOSEN = 5


class State(StrEnum):
    PASSED = "passed"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a leg went, and in words why when it did not simply pass."""

    state: State
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the caller asked for, and an empty data folder that is thrown away afterwards."""

    pytest: Sequence[str]
    home: Path


Leg = Callable[[Chosen], Outcome]


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    parser = argparse.ArgumentParser(
        prog="bin/test", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=LEGS, help="run this leg and no other")
    options, for_pytest = parser.parse_known_args()
    names = options.only or [name for name in USUAL if not (name == "lint" and for_pytest)]
    with tempfile.TemporaryDirectory(prefix="varn-test-") as home:
        chosen = Chosen(pytest=for_pytest, home=Path(home))
        try:
            outcomes = {name: run_leg(name, chosen) for name in names}
        except KeyboardInterrupt:
            sys.exit("Stopped.")
    sys.exit(0 if summarise(outcomes) else 1)


def run_leg(name: str, chosen: Chosen) -> tuple[Outcome, float]:
    """The outcome of a leg and its seconds; a leg whose means are missing is skipped with the reason."""
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    try:
        outcome = LEGS[name](chosen)
    except Missing as reason:
        outcome = Outcome(state=State.SKIPPED, reason=str(reason))
    except subprocess.CalledProcessError as fault:
        outcome = Outcome(state=State.FAILED, reason=f"{fault.cmd[0]} ended with {fault.returncode}: {fault.stderr}")
    return outcome, time.monotonic() - started


def summarise(outcomes: Mapping[str, tuple[Outcome, float]]) -> bool:
    """Print one line per leg; true when no leg failed and at least one passed."""
    print("\n=== summary ===")
    for name, (outcome, seconds) in outcomes.items():
        print(f"{name:<11} {outcome.state:<8} {seconds:6.0f} s  {outcome.reason}".rstrip())
    states = {outcome.state for outcome, _ in outcomes.values()}
    return State.PASSED in states and State.FAILED not in states


def lint(chosen: Chosen) -> Outcome:
    """Style, import contracts and types; every one runs even when an earlier one has complaints."""
    commands = [["ruff", "check", "."], ["lint-imports", "--no-logo"], ["mypy"]]
    failed = [command[0] for command in commands if call([str(TOOLS / command[0]), *command[1:]], chosen.home)]
    return Outcome(state=State.FAILED, reason=", ".join(failed)) if failed else Outcome(state=State.PASSED)


def sqlite(chosen: Chosen) -> Outcome:
    return run_pytest(chosen, "-n", "2", "-m", "not browser and not long", environment={})


def proof(chosen: Chosen) -> Outcome:
    return run_pytest(chosen, "-n", "2", "-m", "long and not browser", environment={})


def browser(chosen: Chosen) -> Outcome:
    return run_pytest(chosen, "-m", "browser and not long", environment=in_chromium())


def browser_proof(chosen: Chosen) -> Outcome:
    return run_pytest(chosen, "-m", "browser and long", environment=in_chromium())


def in_chromium() -> dict[str, str]:
    return {
        "VARN_CHROMIUM": find_chromium(),
        # Playwright's own Node wants a library that a bare Debian lacks; the one of the build tools wants none.
        "PLAYWRIGHT_NODEJS_PATH": find_node(),
        # Playwright keeps an event loop in the thread where the tests use the database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }


def postgresql(chosen: Chosen) -> Outcome:
    return on_postgresql(chosen, "not browser and not long and not once")


def postgresql_proof(chosen: Chosen) -> Outcome:
    return on_postgresql(chosen, "(long or once) and not browser")


def on_postgresql(chosen: Chosen, which: str) -> Outcome:
    with a_postgresql() as address:
        return run_pytest(chosen, "-n", "2", "-m", which, environment={"VARN_DATABASE_URL": address})


LEGS: dict[str, Leg] = {
    "lint": lint,
    "sqlite": sqlite,
    "browser": browser,
    "postgresql": postgresql,
    "proof": proof,
    "browser-proof": browser_proof,
    "postgresql-proof": postgresql_proof,
}
USUAL = ("lint", "sqlite", "browser", "postgresql")


def run_pytest(chosen: Chosen, *arguments: str, environment: Mapping[str, str]) -> Outcome:
    command = [sys.executable, "-m", "pytest", "-q", "-rfEs", *arguments, *chosen.pytest]
    code = call(command, chosen.home, environment)
    if code == NO_TEST_CHOSEN:
        reason = "none of its tests was chosen" if chosen.pytest else "it has no test"
        return Outcome(state=State.SKIPPED if chosen.pytest else State.FAILED, reason=reason)
    if code:
        return Outcome(state=State.FAILED, reason=f"pytest ended with {code}; see above")
    return Outcome(state=State.PASSED)


def call(command: Sequence[str], home: Path, environment: Mapping[str, str] | None = None) -> int:
    """Run a command in the root of the tree, with a data folder of its own and no setting of the caller's."""
    inherited = {key: value for key, value in os.environ.items() if key not in ("VARN_DATABASE_URL", "VARN_DEMO")}
    whole = {**inherited, "VARN_HOME": str(home), **(environment or {})}
    return subprocess.run(command, cwd=ROOT, env=whole, check=False).returncode


if __name__ == "__main__":
    main()

"""T-RATE-1, sign-in: 10,000 wrong passwords at one account from 100 sources, and its owner comes in all the while.

Run as a program it makes a database of its own, tries, and prints what it saw as JSON. `--control` counts by the
account alone, as sign-in limits often do, and must then tell of a lock-out. The owner comes in from a place of
their own, and from behind a guesser's address in a browser that they have used before.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ATTEMPTS, SOURCES, BETWEEN = 10_000, 100, 500
PATIENCE = 3.0


@dataclass(kw_only=True)
class Seen:
    """What the guessers got (by status), how often the owner was let in or not, and how long they waited at most."""

    guesses: Counter[str] = field(default_factory=Counter)
    entered: int = 0
    locked_out: int = 0
    longest: float = 0.0
    alarms: int = 0

    @property
    def holds(self) -> bool:
        """Nobody guessed right, the owner always came in within three seconds, and the alarm was raised."""
        return not self.locked_out and self.entered > 0 and self.longest <= PATIENCE and not self.guesses["302"]


def run(*, attempts: int = ATTEMPTS, sources: int = SOURCES, between: int = BETWEEN) -> Seen:
    """Each source in turn guesses; after every so many guesses the owner comes in twice."""
    owner = _member()
    known = _browser(_address(0))
    _comes_in(known, owner)
    _comes_in(known, owner, second=True)
    seen = Seen()
    for number in range(attempts):
        guessed = _browser(_address(number % sources)).post("/sign-in/", _guess(owner, number))
        seen.guesses[str(guessed.status_code)] += 1
        if number % between == between - 1:
            for browser in (_browser("192.0.2.200"), _again(known)):
                _note(seen, browser, owner)
    seen.alarms = Entry.objects.filter(verb="access:account:alarm").count()
    return seen


@contextmanager
def by_account_alone() -> Iterator[None]:
    """The fault that the harness must find: whoever guesses at an account uses up its owner's attempts."""
    kept = AccountAdapter._get_login_attempts_cache_key
    AccountAdapter._get_login_attempts_cache_key = DefaultAccountAdapter._get_login_attempts_cache_key
    try:
        yield
    finally:
        AccountAdapter._get_login_attempts_cache_key = kept


def _note(seen: Seen, browser: "Client", owner: "Account") -> None:
    begun = time.monotonic()
    let_in = _comes_in(browser, owner)
    seen.longest = max(seen.longest, time.monotonic() - begun)
    seen.entered += let_in
    seen.locked_out += not let_in


def _comes_in(browser: "Client", owner: "Account", *, second: bool = False) -> bool:
    """Whether the right password is taken; with `second` the code is given as well, and the browser is known after."""
    if second:
        return bool(browser.post("/sign-in/second/", {"code": code_now()}).status_code == 302)
    answer = browser.post("/sign-in/", {"email": owner.email, "password": PASSWORD})
    return bool(answer.status_code == 302)


def _guess(owner: "Account", number: int) -> dict[str, str]:
    return {"email": owner.email, "password": f"gissning nummer {number}"}


def _address(number: int) -> str:
    return f"198.51.100.{number + 1}"


def _browser(address: str) -> "Client":
    return Client(REMOTE_ADDR=address)


def _again(known: "Client") -> "Client":
    """The browser that the owner has used before, behind the first guesser's address, without its session."""
    browser = _browser(_address(0))
    browser.cookies[COOKIE] = known.cookies[COOKIE].value
    return browser


def _member() -> "Account":
    member = join("Bo Berglund", build_municipality(), "security_coordinator", "21")
    give_code_app(member.account)
    return member.account


def main(words: Sequence[str]) -> int:
    """0 if it holds; with `--control`, 0 if the seeded fault is told of."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--control", action="store_true")
    asked.add_argument("--attempts", type=int, default=ATTEMPTS)
    chosen = asked.parse_args(words)
    setup_test_environment()
    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    if chosen.control:
        with by_account_alone():
            seen = run(attempts=chosen.attempts)
    else:
        seen = run(attempts=chosen.attempts)
    print(json.dumps(vars(seen) | {"holds": seen.holds, "seconds": round(time.monotonic() - begun)}))
    return int(seen.holds) if chosen.control else int(not seen.holds)


if __name__ == "__main__":
    os.environ.setdefault("VARN_HOME", tempfile.mkdtemp(prefix="varn-rate-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import django

    django.setup()

# What follows needs the models, and so Django set up: this is also run as a program of its own, without pytest.
from allauth.account.adapter import DefaultAccountAdapter  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests.entering import code_now, give_code_app  # noqa: E402
from tests.people import PASSWORD, build_municipality, join  # noqa: E402
from varn.mechanisms.access.models import Account  # noqa: E402
from varn.mechanisms.audit.models import Entry  # noqa: E402
from varn.mechanisms.door.adapters import AccountAdapter  # noqa: E402
from varn.mechanisms.door.limits import COOKIE  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

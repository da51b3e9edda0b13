"""The number of a request: random, in the answer's header, on the page of a fault and in every line of the log."""

import secrets
from contextvars import ContextVar

HEADER = "X-Request-Id"
# Letters and digits that are not taken for one another when they are read out.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
NOBODY = "-"

_number: ContextVar[str] = ContextVar("number", default=NOBODY)


def begin() -> str:
    """A new request has begun; its number is nobody's choice, and one that came with it counts for nothing."""
    number = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    _number.set(number)
    return number


def number() -> str:
    """The number of the request that is being answered; "-" where none is."""
    return _number.get()

"""Slowing down whoever guesses, without locking anyone else out: what is tried, and from where, is counted together."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache

FREE = 5
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED = 3600


def wait_until(*parts: str, at: datetime) -> datetime | None:
    """When the next attempt may be made, if that is still to come."""
    count, last = cache.get(_key(parts), (0, at))
    if count < FREE:
        return None
    over = last + min(FIRST_WAIT * 2 ** min(count - FREE, 10), LONGEST_WAIT)
    return over if at < over else None


def failed(*parts: str, at: datetime) -> None:
    """One more attempt has failed."""
    count, _ = cache.get(_key(parts), (0, at))
    cache.set(_key(parts), (count + 1, at), REMEMBERED)


def succeeded(*parts: str) -> None:
    """The attempts are forgotten."""
    cache.delete(_key(parts))


def _key(parts: tuple[str, ...]) -> str:
    return "attempts:" + sha256("\0".join(part.strip().casefold() for part in parts).encode()).hexdigest()

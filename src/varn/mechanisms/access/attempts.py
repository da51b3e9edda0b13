"""Slowing down whoever guesses, without locking anyone else out: what is tried, and from where, is counted together."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache

FREE = 5
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED = 3600


def begun(*parts: str, at: datetime) -> datetime | None:
    """One more attempt is counted, before it is known how it ends; or the moment until which it must wait.

    The count goes up first and is judged afterwards, so that many at once do not all pass as the same one.
    """
    key = _key(parts)
    cache.add(key, 0, REMEMBERED)
    count = cache.incr(key)
    over: datetime | None = cache.get(f"{key}:over")
    if count > FREE and over is not None and at < over:
        cache.decr(key)
        return over
    if count >= FREE:
        wait = min(FIRST_WAIT * 2 ** min(count - FREE, 10), LONGEST_WAIT)
        cache.set(f"{key}:over", at + wait, REMEMBERED)
    cache.touch(key, REMEMBERED)
    return None


def succeeded(*parts: str) -> None:
    """The attempts are forgotten."""
    cache.delete_many([_key(parts), f"{_key(parts)}:over"])


def _key(parts: tuple[str, ...]) -> str:
    return "attempts:" + sha256("\0".join(part.strip().casefold() for part in parts).encode()).hexdigest()

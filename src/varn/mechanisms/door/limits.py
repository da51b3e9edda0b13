"""What slows down whoever guesses, and nobody else: where an attempt comes from, and how many there have been.

The counting and the waiting are django-allauth's own (`ACCOUNT_RATE_LIMITS`); see docs/decisions for why they go by the
account and the source together, and why a browser that its owner has used before is a source of its own.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from varn.mechanisms.door.addresses import address_of

COOKIE = f"{settings.COOKIE_PREFIX}varn_browser"
KNOWN_FOR = timedelta(days=180)
SALT = "varn.door.browser"
# Of those who share a browser so many are remembered.
MOST_OWNERS = 6
# By this name django-allauth tells that somebody has tried too often.
TOO_MANY = "too_many_login_attempts"
REMEMBERED = timedelta(minutes=15)
SUSPICIOUS = 5
ALARMING, AN_HOUR = 1000, timedelta(hours=1)


def source_of(request: HttpRequest) -> str:
    """Where an attempt comes from: its address, or the very browser where it is one that this account has come in by.

    So nobody who shares an address with somebody else (behind the same proxy, say) is slowed down by what they do.
    """
    browser = _browser(request)
    tried = request.POST.get("email", "") if request.method == "POST" else ""
    return f"browser {browser['id']}" if tried and _name(tried) in browser.get("of", ()) else address_of(request)


def is_known(request: HttpRequest, email: str) -> bool:
    """Whether the account of this address has come in by this browser before."""
    return _name(email) in _browser(request).get("of", ())


def remember_browser(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """This browser is known as one that the account comes in by."""
    browser = _browser(request)
    others = [name for name in browser.get("of", ()) if name != _name(email)]
    kept = {"id": browser.get("id") or secrets.token_urlsafe(16), "of": [_name(email), *others][:MOST_OWNERS]}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=int(KNOWN_FOR.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=settings.SECURE,
    )


def count_failure(email: str, *, at: datetime) -> bool:
    """One more attempt has failed. True for the one that makes them alarmingly many in an hour, all together."""
    _one_more(f"failures:{_name(email)}", REMEMBERED)
    hour = at.strftime("%Y%m%d%H")
    together = _one_more(f"failures:{hour}", AN_HOUR)
    return together >= ALARMING and cache.add(f"alarm:{hour}", True, 2 * AN_HOUR.total_seconds())


def failures_before(email: str) -> int:
    """How many attempts at this address have failed lately; they are forgotten."""
    key = f"failures:{_name(email)}"
    failures = int(cache.get(key, 0))
    if failures:
        cache.delete(key)
    return failures


def _one_more(key: str, kept: timedelta) -> int:
    cache.add(key, 0, kept.total_seconds())
    try:
        return int(cache.incr(key))
    except ValueError:
        return 1


def _browser(request: HttpRequest) -> dict[str, Any]:
    """What this browser says of itself, if it was written here."""
    try:
        browser: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return {}
    return browser


def _name(email: str) -> str:
    """An address as it is counted: nothing that can be read back without the installation's own secret."""
    return sha256(f"{settings.SECRET_KEY}{email.strip().casefold()}".encode()).hexdigest()[:32]

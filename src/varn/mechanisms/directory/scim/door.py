"""The directory's own door: a token in each request, and never a session."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import SCIMException

from varn.kernel.lawbook import LAW, Amount, InactiveRule
from varn.mechanisms.access.doors import public
from varn.mechanisms.directory.asking import viewer_of_token
from varn.mechanisms.directory.models import Token
from varn.mechanisms.directory.scim.answers import refused, refused_by_schema, refused_for
from varn.mechanisms.directory.scim.resources import PROVIDER
from varn.mechanisms.directory.secrets import note_use, token_of
from varn.mechanisms.door.addresses import address_of
from varn.mechanisms.moves.making import Refused

# How many requests a token may make in a minute: a local rule of the lawbook.
REQUESTS = "L31"
MINUTE = 60
# How many times a minute a wrong token may be shown from one address.
WRONG = 30

View = Callable[..., HttpResponseBase]


def for_directory(**verbs: View) -> View:
    """A view of the directory's: one function for each verb, reached by a working token and by nothing else.

    A session opens nothing here, and no cookie is read or set: the token is the whole of what is asked.
    """

    @csrf_exempt
    @public
    def door(request: HttpRequest, **keys: Any) -> HttpResponseBase:
        at = timezone.now()
        token = token_of(request, at=at)
        if token is None:
            return _unknown(request, at)
        if _is_over(f"scim:{token.pk}", _most(at), at=at):
            return refused(429, "Too many requests in this minute.", Retry_After=str(MINUTE))
        verb = verbs.get(request.method or "")
        if verb is None:
            return refused(405, "This cannot be done here.", Allow=", ".join(verbs))
        note_use(token, at=at)
        return _asked(verb, request, token, **keys)

    return door


def _asked(verb: View, request: HttpRequest, token: Token, **keys: Any) -> HttpResponseBase:
    """What the verb answers. Nothing of what was sent is repeated, or written anywhere, when it is refused."""
    at = timezone.now()
    try:
        with PROVIDER:
            return verb(request, by=viewer_of_token(token, at=at), at=at, **keys)
    except Refused as error:
        return refused_for(error.refusal)
    except (ValidationError, SCIMException) as error:
        return refused_by_schema(error)


def _unknown(request: HttpRequest, at: datetime) -> HttpResponse:
    if _is_over(f"scim-wrong:{address_of(request)}", WRONG, at=at):
        return refused(429, "Too many requests in this minute.", Retry_After=str(MINUTE))
    return refused(401, "A working token is needed.", WWW_Authenticate="Bearer")


def _most(at: datetime) -> int:
    amount = LAW[REQUESTS].on(timezone.localdate(at)).value
    if not isinstance(amount, Amount):
        raise InactiveRule(f"{REQUESTS} is not a number of requests")
    return int(amount.number)


def _is_over(key: str, most: int, *, at: datetime) -> bool:
    """Whether there have been more than so many within this minute, this one counted."""
    named = f"{key}:{int(at.timestamp()) // MINUTE}"
    if cache.add(named, 1, 2 * MINUTE):
        return False
    return cache.incr(named) > most

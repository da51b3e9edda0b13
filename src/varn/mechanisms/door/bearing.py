"""The text of an access token: how it is made, known again, and found in a request."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest
from django.utils import timezone

from varn.mechanisms.installation.chosen import installation

MARK = "varn_pat_"
SHOWN = 6
LONGEST = "L15"


def new_token() -> str:
    """A token that nobody can guess (256 bits), with a beginning by which it is told from everything else."""
    return MARK + secrets.token_urlsafe(32)


def key_of(token: str) -> str:
    """How the database calls it."""
    return sha256(token.encode()).hexdigest()


def prefix_of(token: str) -> str:
    """What its owner sees of it afterwards."""
    return token[len(MARK) : len(MARK) + SHOWN]


def borne_by(request: HttpRequest) -> str:
    """The access token that the request shows; nothing, if it shows none. Other bearers are not ours to judge."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip().startswith(MARK) else ""


def most_days(*, at: datetime) -> int:
    """For how many days a token is valid at most: L15, or what the municipality has chosen."""
    return installation().days(LONGEST, on=timezone.localdate(at))

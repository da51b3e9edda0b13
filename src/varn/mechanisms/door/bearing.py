"""What a program shows to be let in: how it is made, known again, and found in a request.

Each kind begins with a mark of its own, by which it is told from the others and by those who search for lost secrets.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest
from django.utils import timezone

from varn.mechanisms.installation.chosen import installation

MARK = "varn_pat_"
SHOWN = 6
LONGEST = "L15"


def new_token(mark: str = MARK) -> str:
    """A token that nobody can guess (256 bits), of the kind that begins with the mark."""
    return mark + secrets.token_urlsafe(32)


def key_of(token: str) -> str:
    """What is kept of it, which opens nothing. A token has 256 bits of its own: it needs no salt and no slow hash."""
    return sha256(token.encode()).hexdigest()


def prefix_of(token: str) -> str:
    """What its owner sees of it afterwards."""
    return token[len(MARK) : len(MARK) + SHOWN]


def borne_by(request: HttpRequest, mark: str = MARK) -> str:
    """The token of that kind which the request shows; nothing, if it shows none. Other bearers are not judged."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip().startswith(mark) else ""


def most_days(*, at: datetime) -> int:
    """For how many days a token is valid at most: L15, or what the municipality has chosen."""
    return installation().days(LONGEST, on=timezone.localdate(at))

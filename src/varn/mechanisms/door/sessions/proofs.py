"""How surely somebody is known by what they have shown in a session, as django-allauth has noted it there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from varn.mechanisms.access.assurance import Assurance

KNOWLEDGE = "password"
# The kinds of second factors: how sure each makes, and what the way in by it is called.
FACTORS = {
    "webauthn": (Assurance.PHISHING_RESISTANT, "passkey"),
    "totp": (Assurance.TWO_FACTOR, "code"),
    "recovery_codes": (Assurance.TWO_FACTOR, "recovery_code"),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How surely, in which way, and when last (in seconds since 1970)."""

    level: Assurance
    way: str
    at: float


def shown_by(records: Iterable[Mapping[str, Any]]) -> Shown | None:
    """What the notes of a session come to; nothing, if there are none of a proof that is our own to judge.

    A sign-in at the municipality's own directory is judged where it comes in; here only what is shown besides.
    """
    ours = [(_kind(record), float(record["at"])) for record in records if _kind(record)]
    if not ours:
        return None
    found = [FACTORS[kind] for kind, _at in ours if kind in FACTORS]
    level, way = max(found, default=(Assurance.PASSWORD, "password"))
    return Shown(level=level, way=way, at=max(at for _kind, at in ours))


def _kind(record: Mapping[str, Any]) -> str:
    if record.get("method") == "mfa":
        return str(record.get("type")) if record.get("type") in FACTORS else ""
    return KNOWLEDGE if record.get("method") == KNOWLEDGE else ""

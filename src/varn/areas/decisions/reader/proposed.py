"""Where a sentence decides first and then only proposes: what comes after the proposal is not in force."""

import re

from . import bodies
from .words import TABLES, any_of, pattern

_FAR = 400
_PROPOSING = pattern(
    rf"\b{bodies.PROPOSES}\b[^.;:]{{0,60}}?(?P<to>{bodies.HIGHER})(?P<rest>[^.;]*)$", re.IGNORECASE | re.DOTALL
)
_FINITE = pattern(
    any_of([verb for name in ("giving", "charging") for verb in TABLES["assignments"][name] if verb.endswith("r")]),
    re.IGNORECASE,
)
_THAT = pattern(r"\batt ", re.IGNORECASE)


def is_proposed(text: str, start: int, verb: int, body: str | None) -> bool:
    """Whether the sentence from `start` proposes to another body what its verb says.

    After `föreslår fullmäktige anta planen` a finite verb tells again what the body itself does, but not after
    `föreslår att fullmäktige antar planen`.
    """
    found = _PROPOSING.search(text, max(start, verb - _FAR), verb)
    if found is None or bodies.same(bodies.from_any(found["to"]) or found["to"], body):
        return False
    return bool(_THAT.search(text, found.start(), found.start("to"))) or not _FINITE.match(text, verb)

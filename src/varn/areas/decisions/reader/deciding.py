"""Sentences of running text by which a body decides."""

import re

from . import bodies
from .leads import INVERTED
from .words import TABLES, any_of, pattern

_LEAD = pattern(
    rf"(?P<body>(?P<short>Nämnden|Styrelsen|Utskottet|Fullmäktige|Direktionen)|{bodies.NAME})"
    rf" (?:{any_of(TABLES['clauses']['verbs'])})\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"(?:ade|öt)$")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NEAR = 40
_INVERTED = pattern(rf"{INVERTED}(?: följande)?(?=:?$| att\b)", re.IGNORECASE)


def decides(text: str, body: str | None) -> bool:
    """Whether the text begins with the body, or any where none is given, deciding now and not in an earlier year."""
    if inverted := _INVERTED.match(text):
        name = bodies.from_any(inverted["inverted"])
        return name is None or body is None or bodies.same(name, body)
    lead = _LEAD.match(text)
    if lead is None or (_PAST.search(lead.group()) and _YEAR.search(text, lead.end(), lead.end() + _NEAR)):
        return False
    return body is None or lead["short"] is not None or bodies.same(bodies.from_any(lead["body"]), body)

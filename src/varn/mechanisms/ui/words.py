"""The glossary's words and the sentences of refusals, in the reader's language."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.utils import formats, timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from varn.kernel.glossary import GLOSSARY, Form, Kind
from varn.kernel.lifecycle import Refusal

# What a line never breaks in: a day, a reference, a §, a case number. Tags, and what is kept whole already, come first.
# How what was written down names whose deputy somebody was.
FOR = "organisation:deputy_for"
WHOLE = re.compile(
    r"(<(?:textarea|option|time|svg)\b.*?</(?:textarea|option|time|svg)>|<span class=\"nowrap\">[^<]*</span>|<[^>]*>)"
    r"|\b\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\b"
    r"|\b[A-ZÅÄÖ]{2,5}-\d{4}-\d+\b"
    r"|§§? \d+(?: ?[a-z]\b)?|\b\d+ kap\. \d+ §"
    r"|\b[A-ZÅÄÖ]{1,4} \d{4}[-/]\d+\b",
    re.DOTALL,
)


def word(key: str) -> str:
    """The word for a model, a state, a move, a permission or any other key of the glossary."""
    return GLOSSARY.word(str(key), language())


def words(key: str) -> str:
    """The same word in the plural."""
    return GLOSSARY.word(str(key), language(), Form.PLURAL)


def counted(key: str, count: int) -> str:
    """So many of the thing, with its word in the number it takes: "1 vacant place", "3 vacant places"."""
    return f"{written(count)} {word(key) if count == 1 else words(key)}"


def explanation(key: str) -> str:
    """The sentence that explains the thing, or nothing when none is written."""
    return GLOSSARY.explanation(str(key), language()) if key in GLOSSARY else ""


def sentence(refusal: Refusal) -> str:
    """Why it is refused, as a sentence. A value that is itself a key of the glossary is written as its word."""
    values = {name: _written(value) for name, value in refusal.values.items()}
    return GLOSSARY.sentence(refusal.key, language(), values)


def actor(name: str) -> str:
    """A person's name as it is; of a job that Värn did it by itself, and by which job."""
    if name not in GLOSSARY:
        return name
    told = word(name)
    return gettext("Värn, by itself (%(job)s)") % {"job": told} if ":" in name else capfirst(told)


def part(share: Decimal | int | float | None) -> str:
    """A part of full time in percent, as the language writes it: "62,5 %", in English "62.5%"."""
    if share is None:
        return written(None)
    percent = round(Decimal(str(share)) * 100, 2).normalize()
    sign = "\u00a0%" if language() == "sv" else "%"
    return f"{formats.localize(Decimal(f'{percent:f}'))}{sign}"


def functions(names: str) -> str:
    """Names of functions as they were written down ("Säkerhetschef, Enhetschef"), in the reader's language.

    Those that the glossary knows are told in its words; those that a municipality has made stay as they are.
    """
    if language() == "sv":
        return names
    return ", ".join(_function(name) for name in names.split(", "))


def _function(name: str) -> str:
    """One of them, and whose deputy somebody was in it ("Säkerhetschef (ersättare för Anna Ek)")."""
    own, mark, whose = name.partition(f" ({GLOSSARY.word(FOR, 'sv')} ")
    told = _standard_functions().get(own, own)
    return f"{told} ({GLOSSARY.word(FOR, language())} {whose}" if mark else told


def unbroken(text: object) -> SafeString:
    """The text, or the markup, with each day, reference, § and case number in it kept on one line."""
    kept = WHOLE.sub(lambda found: found[1] or f'<span class="nowrap">{found[0]}</span>', conditional_escape(str(text)))
    return mark_safe(kept)


def address(written: str) -> SafeString:
    """An e-mail address that breaks before its sign where it must break."""
    return mark_safe(conditional_escape(written).replace("@", "<wbr>@"))


def language() -> str:
    """The language the page is written in: "sv" or "en"."""
    return (get_language() or "sv").partition("-")[0]


def written(value: object) -> str:
    """A value as a page writes it: a day in Swedish order, yes or no, a dash for nothing, otherwise its text."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "Y-m-d H:i")
    if isinstance(value, date):
        return formats.date_format(value, "Y-m-d")
    if isinstance(value, int | float | Decimal):
        return formats.localize(value)
    if isinstance(value, list | tuple):
        return ", ".join(written(part) for part in value) or "–"
    return str(value)


def _written(value: object) -> str:
    text = str(value)
    return word(text) if text in GLOSSARY else written(value)


@cache
def _standard_functions() -> dict[str, str]:
    terms = (term for term in GLOSSARY.values() if term.kind is Kind.FUNCTION)
    return {capfirst(term.sv): capfirst(term.en) for term in terms}

"""The shapes of sentences that charge somebody with something."""

import re

from . import bodies
from .words import TABLES, any_of, pattern

_TABLE = TABLES["assignments"]
_WHO = r"(?P<who>[^.;:]{2,160}?)"
ADVERBS = rf"(?:{any_of(_TABLE['adverbs'])} )*"
_IN_CHARGE = r"(?:i (?:ett |särskilt |nytt |även )?uppdrag|uppdraget)"
_TASK = r"(?:,[^.;:]{2,140}?,| (?:även|också|vidare|därmed|dessutom))? ?(?:att\b|,? ?:)"
_BETWEEN = any_of(_TABLE["between"])
_PATTERNS = {
    "given": (
        rf"\b{any_of(_TABLE['given'])}(?:,? (?:{_BETWEEN})\b[^.;:]{{0,120}}?)? (?:{_IN_CHARGE}|[\wåäö]*uppdrag|"
        rf"följande uppdrag|uppdragen)\b{_TASK}"
    ),
    "given_bare": (
        rf"\b{any_of(_TABLE['given'])} {_IN_CHARGE}\b(?! att| ?,| ?:)(?= (?:senast|under|till|årligen|skyndsamt|från|"
        r"(?!alla\b|samma\b|denna\b|dessa\b|båda\b|ska\b|bilaga\b)[a-zåäö]{2,25}a\b|se\b|ge\b|gå\b|stå\b|bli\b))"
    ),
    "inverted": rf"\b{any_of(_TABLE['given'])} (?!(?:{_BETWEEN})\b){_WHO} (?:{_IN_CHARGE}|uppdrag)\b{_TASK}",
    "giving": (
        rf"\b{any_of(_TABLE['giving'])} {ADVERBS}(?!i uppdrag|uppdrag){_WHO} (?:{_IN_CHARGE}|ett uppdrag|i uppgift|"
        rf"följande uppdrag)\b{_TASK}"
    ),
    "giving_to": (
        rf"\b(?:{any_of(_TABLE['giving'])}|lämnas|ges) (?:i |som |)(?:uppdrag|uppdraget|uppgift)(?:et)? (?:till|åt)"
        rf" {_WHO}{_TASK}"
    ),
    "relative": (
        rf"\b{any_of(_TABLE['remitting'])}\b[^.;:]{{0,60}}? till {_WHO},? som {any_of(_TABLE['given'])}"
        rf"(?: (?:{_BETWEEN})\b[^.;:]{{0,60}}?)? (?:{_IN_CHARGE}|[\wåäö]*uppdrag){_TASK}"
    ),
    "heading_to": rf"Uppdrag (?:till|åt) {_WHO}(?: att\b| ?:)",
    "another": rf"(?:,|\b(?:och|samt)) ?(?:och |samt )?(?:åt |till |(?<!\w)[a-zåäö]\) ){_WHO} att\b",
    "noun_to": rf"\b(?:Uppdrag|Uppdraget) (?:ges|lämnas) (?:till|åt) {_WHO}{_TASK}",
    "charging": rf"\b{any_of(_TABLE['charging'])} {ADVERBS}(?:åt |till |på |)(?!att\b){_WHO}{_TASK}",
    "passive_to": rf"\buppdras (?:härmed |även )?(?:åt|till) {_WHO}{_TASK}",
    "passive": rf"\b{any_of(_TABLE['passive'])}(?: (?:{_BETWEEN})\b[^.;:]{{0,80}}?)?{_TASK}",
    "obliging": rf"\b{any_of(_TABLE['obliging'])} {_WHO} att\b",
    "reporting": (
        rf"\b(?:ska|skall) (?:[^.;:]{{1,80}} )??(?P<task>{any_of(_TABLE['reporting'])}|"
        rf"(?:lämna|avge|ge) (?:[\wåäö]+ ){{0,3}}?[\wåäö]*{any_of(_TABLE['reports'])})\b"
        rf"|\b(?P<tells>åter)(?:kommer|rapporterar|redovisar) (?:med [^.;:]{{2,80}} )?till {bodies.NAME}(?!\w)"
    ),
}
SHAPES = {name: pattern(source, re.IGNORECASE) for name, source in _PATTERNS.items()}
"""By name; `who` is the office where the verb stands before it."""

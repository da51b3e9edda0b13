"""The words a text is found by: each as it stands, and its Swedish stem; case numbers and § whole.

The same function reads texts and questions, so that both databases give the same hits.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

STEMMER = snowballstemmer.stemmer("swedish")
LONGEST_WORD = 60
LONGEST_TEXT = 400_000
LONGEST_QUESTION = 200
MOST_WORDS = 12
# How many signs `mark` is.
MARK = 4

# "KS 2021-53" and "KS2021/53" are the same number as "KS-2021-53"; only capitals are a series.
CASE_NUMBER = re.compile(r"(?<!\w)(?P<series>[A-ZÅÄÖ]{1,8})[ -]?(?P<year>\d{4})[-/:.](?P<number>\d+)(?!\w)")
PART = re.compile(r"§+\s*(?P<after>\d+)|(?P<before>\d+)\s*§|(?P<joined>\w+(?:[-/:.–]\w+)*)")
JOINT = re.compile(r"[-/:.–]")


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of a question: how it was written, its stem, and whether it holds a number (it then matches whole)."""

    text: str
    stem: str
    numeric: bool


def stems_of(text: str) -> str:
    """Every word, stem, case number and § of the text, once each, with spaces between."""
    folded = _normal(text[:LONGEST_TEXT])
    found: dict[str, None] = {}
    for match in CASE_NUMBER.finditer(folded):
        series, number = match["series"].lower(), f"{match['year']}-{match['number']}"
        found.update(dict.fromkeys((f"{series}-{number}"[:LONGEST_WORD], number[:LONGEST_WORD], series)))
    for match in PART.finditer(folded.lower()):
        found.update(dict.fromkeys(_written_as(match)))
    return " ".join(found)


def mark(kind: int, *, in_title: bool = False) -> str:
    """What stands before every word in the index: of which kind (content type) its thing is, and if it is in the title.

    No word holds such a sign, so one word of two kinds, or of text and title, is two words to the index.
    """
    return f"{kind:0{MARK - 1}}{'=' if in_title else '.'}"


def marked(stems: str, mark: str) -> str:
    """The stems with the mark before each."""
    return " ".join(f"{mark}{stem}" for stem in stems.split())


def words_of(question: str) -> tuple[Word, ...]:
    """The words to look for; none if the question holds no letter or digit."""
    folded = _normal(question[:LONGEST_QUESTION]).lower()
    words = (_word(match) for match in PART.finditer(folded))
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _written_as(match: re.Match[str]) -> Iterator[str]:
    """All forms under which one part of a text is found."""
    number = match["after"] or match["before"]
    if number:
        yield from (f"§{number}"[:LONGEST_WORD], number[:LONGEST_WORD])
        return
    whole = JOINT.sub("-", match["joined"])
    parts = whole.split("-")
    for place in range(len(parts)):
        rest = "-".join(parts[place:])
        yield from (rest[:LONGEST_WORD], parts[place][:LONGEST_WORD], _stem(parts[place])[:LONGEST_WORD])


def _word(match: re.Match[str]) -> Word:
    number = match["after"] or match["before"]
    text = f"§{number}" if number else JOINT.sub("-", match["joined"])
    numeric = any(sign.isdigit() for sign in text)
    stem = text if numeric or "-" in text else _stem(text)
    return Word(text=text[:LONGEST_WORD], stem=stem[:LONGEST_WORD], numeric=numeric)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return word if any(sign.isdigit() for sign in word) else STEMMER.stemWord(word)

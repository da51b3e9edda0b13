"""The tables of `layouts.toml` and `wordings.toml`, loaded once, and patterns made of their words."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_FILES = ("layouts.toml", "wordings.toml")
TABLES: dict[str, Any] = {
    name: table
    for file in _FILES
    for name, table in tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8")).items()
}


@cache
def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which a blank stands for any white space, so that words are found across line ends.

    A blank with a question mark stands for none or some.
    """
    return re.compile(source.replace(" ?", r"\s*").replace(" ", r"\s+"), flags)


def any_of(words: list[str] | tuple[str, ...]) -> str:
    """An alternation of the words, longest first."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)) + ")"


def fold(text: str) -> str:
    """The text on one line with single blanks, as a value is shown and compared."""
    return " ".join(text.split())


_OFFICES: list[str] = TABLES["lists"]["offices"]
_ENDING = "(?:en|et|er|erna|ens|ets|n|s|ar|arna|na|t|or|orna|a)?"
_WHOLE = [word for word in _OFFICES if len(word) <= 3]
_LAST = [word for word in _OFFICES if len(word) > 3]
OFFICE = rf"(?:(?<!\w){any_of(_WHOLE)}(?!\w)|{any_of(_LAST)}{_ENDING}(?!\w))"
"""A pattern of an office or unit, by the last part of its name."""

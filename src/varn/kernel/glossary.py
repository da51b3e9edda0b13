"""The glossary: for each thing one name in code, one word in Swedish and one in English.

The words lie as TOML in `varn/glossary`, one file per area and `general.toml` for the trade's own terms. A key is
the thing's name in code: "organisation:appointment" for a model, "organisation:appointment.active" for a state,
"organisation:appointment:accept" for a permission and its move, and "organisation:refusal.not_over" for why a move is
refused.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

NAME = r"[a-z][a-z0-9_]*"
LANGUAGES = ("sv", "en")


class GlossaryError(ValueError):
    """A glossary file says something that cannot hold."""


class UnknownWord(LookupError):
    """The glossary has no such key, language or form."""


class Kind(StrEnum):
    """What a term names."""

    TERM = "term"
    MODEL = "model"
    STATE = "state"
    MOVE = "move"
    PERMISSION = "permission"
    FUNCTION = "function"
    LEVEL = "level"
    ROLE = "role"
    RULE = "rule"
    REFUSAL = "refusal"


KEY_SHAPES: Mapping[Kind, re.Pattern[str]] = {
    Kind.MODEL: re.compile(rf"{NAME}:{NAME}"),
    Kind.STATE: re.compile(rf"{NAME}:{NAME}\.{NAME}"),
    Kind.MOVE: re.compile(rf"{NAME}:{NAME}:{NAME}"),
    Kind.PERMISSION: re.compile(rf"{NAME}:{NAME}:{NAME}"),
}
OTHER_KEY = re.compile(rf"({NAME}:)?{NAME}(\.{NAME})*")


class Form(StrEnum):
    """The forms a noun is written in. English has no definite form of its own, so it answers with the plain word."""

    SINGULAR = "singular"
    DEFINITE = "definite"
    PLURAL = "plural"


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing and its words. `series` is the letters of its human reference, where it has one.

    `note` is a remark for those who build; `note_sv` and `note_en` are sentences that the product shows.
    """

    key: str
    kind: Kind
    sv: str
    en: str
    sv_definite: str = ""
    sv_plural: str = ""
    en_plural: str = ""
    abbreviation: str = ""
    series: str = ""
    note: str = ""
    note_sv: str = ""
    note_en: str = ""

    def word(self, language: str, form: Form = Form.SINGULAR) -> str:
        """The word in this language and form; a form that was never written down is an `UnknownWord`."""
        if language not in LANGUAGES:
            raise UnknownWord(f"The glossary has no words in {language!r}")
        if form is Form.SINGULAR or (language == "en" and form is Form.DEFINITE):
            return self.sv if language == "sv" else self.en
        word = (
            self.en_plural if language == "en" else {Form.DEFINITE: self.sv_definite, Form.PLURAL: self.sv_plural}[form]
        )
        if not word:
            raise UnknownWord(f"{self.key} has no {form} in {language!r}")
        return word

    def explanation(self, language: str) -> str:
        """The sentence that explains the thing to a reader, or nothing when none is written."""
        if language not in LANGUAGES:
            raise UnknownWord(f"The glossary has no words in {language!r}")
        return self.note_sv if language == "sv" else self.note_en


class Glossary(Mapping[str, Term]):
    """Every term by its key, in the order of the files and their lines."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = MappingProxyType(dict(terms))
        self._keys_by_series = _keys_by_series(self._terms)

    @classmethod
    def load(cls, folder: Path) -> "Glossary":
        """The terms of every TOML file in the folder. A key may stand in one place only."""
        terms: dict[str, Term] = {}
        for path in sorted(folder.glob("*.toml")):
            for key, entry in _read(path).items():
                if key in terms:
                    raise GlossaryError(f"{path.name}: {key} already has its words")
                terms[key] = _term(path.name, key, entry)
        return cls(terms)

    def __getitem__(self, key: str) -> Term:
        try:
            return self._terms[key]
        except KeyError:
            raise UnknownWord(f"The glossary has no word for {key!r}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def word(self, key: str, language: str, form: Form = Form.SINGULAR) -> str:
        """The word for this key; `UnknownWord` when the glossary lacks it. A code such as "sv-se" counts as "sv"."""
        return self[key].word(_language(language), form)

    def explanation(self, key: str, language: str) -> str:
        """The sentence that explains the thing, or nothing when none is written."""
        return self[key].explanation(_language(language))

    def sentence(self, key: str, language: str, values: Mapping[str, object]) -> str:
        """A refusal as a sentence, with its values put in; a value that is itself a key is put in as its word."""
        words = {
            name: self.word(value, language) if isinstance(value, str) and value in self else value
            for name, value in values.items()
        }
        return self.word(key, language).format_map(words)

    def series(self, key: str) -> str:
        """The letters of this thing's human references; `UnknownWord` when it has none."""
        letters = self[key].series
        if not letters:
            raise UnknownWord(f"{key} has no series of references")
        return letters

    def key_of_series(self, letters: str) -> str:
        """The thing whose human references begin with these letters."""
        try:
            return self._keys_by_series[letters]
        except KeyError:
            raise UnknownWord(f"No references begin with {letters!r}") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise GlossaryError(f"{path.name}: {fault}") from fault


def _language(code: str) -> str:
    return code.lower().partition("-")[0]


def _term(file: str, key: str, entry: Mapping[str, Any]) -> Term:
    unknown = set(entry) - {field.name for field in fields(Term)} | (set(entry) & {"key"})
    missing = [name for name in ("kind", *LANGUAGES) if not entry.get(name)]
    if unknown or missing:
        raise GlossaryError(f"{file}: {key} has unknown {sorted(unknown)} and lacks {missing}")
    if entry["kind"] not in list(Kind):
        raise GlossaryError(f"{file}: {key} is of no known kind ({entry['kind']!r})")
    kind = Kind(entry["kind"])
    if not KEY_SHAPES.get(kind, OTHER_KEY).fullmatch(key):
        raise GlossaryError(f"{file}: {key!r} is not how a {kind} is named")
    return Term(**{**entry, "key": key, "kind": kind})


def _keys_by_series(terms: Mapping[str, Term]) -> Mapping[str, str]:
    keys: dict[str, str] = {}
    for term in terms.values():
        if not term.series:
            continue
        if term.series in keys:
            raise GlossaryError(f"{term.key} and {keys[term.series]} both number their references {term.series}")
        keys[term.series] = term.key
    return keys


GLOSSARY = Glossary.load(Path(__file__).parents[1] / "glossary")

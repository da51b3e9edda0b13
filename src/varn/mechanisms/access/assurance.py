"""How surely it is known whom a session belongs to, and how surely each right asks for it to be known.

What is demanded is data (`assurance.toml`): the longest beginning of a permission that fits it holds, and otherwise the
default. A session that says nothing of itself has `NONE` and reaches no page that demands anything.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

MARK = "varn_assurance"


class Assurance(IntEnum):
    """How surely it is known who somebody is. The higher, the surer."""

    NONE = 0
    PASSWORD = 1
    TWO_FACTOR = 2
    PHISHING_RESISTANT = 3

    @property
    def key(self) -> str:
        """Its word in the glossary."""
        return f"access:assurance.{self.name.lower()}"


@dataclass(frozen=True, kw_only=True)
class Demands:
    """What is demanded of everybody behind the door, and what more by the beginning of a permission."""

    default: Assurance
    more: Mapping[str, Assurance]

    def of(self, permission: str) -> Assurance:
        """What this permission demands."""
        fitting = [start for start in self.more if f"{permission}:".startswith(f"{start}:")]
        return self.more[max(fitting, key=len)] if fitting else self.default


def load_demands(path: Path) -> Demands:
    """The demands of the table. Raises `ValueError` for a word that is no assurance, or for one below the default."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := table.keys() - {"default", "demands"}:
        raise ValueError(f"{path.name} has unknown fields: {', '.join(sorted(unknown))}")
    default = _named(table["default"])
    more = {start: _named(word) for start, word in table.get("demands", {}).items()}
    if below := [start for start, level in more.items() if level < default]:
        raise ValueError(f"These demand less than everybody must show: {', '.join(below)}")
    return Demands(default=default, more=more)


def set_for(session: SessionBase, level: Assurance, *, at: datetime, way: str) -> None:
    """The session knows its account so surely, by a proof that was given at this moment and in this way.

    It holds for the account that is signed in now, so that it is said after signing in and dies with the account.
    """
    session[MARK] = {"level": int(level), "at": at.timestamp(), "way": way, "account": session.get(SESSION_KEY)}


def of(session: SessionBase) -> Assurance:
    """How surely the session knows the account that it is signed in with."""
    return Assurance(_mark(session).get("level", 0))


def way_of(session: SessionBase) -> str:
    """How the account showed who it is: a key of the glossary after `access:way.`, or nothing."""
    return str(_mark(session).get("way", ""))


def proven_at(session: SessionBase) -> float:
    """When it last did, in seconds since 1970; 0 if it never has."""
    return float(_mark(session).get("at", 0))


def _mark(session: SessionBase) -> Mapping[str, Any]:
    mark: Mapping[str, Any] = session.get(MARK) or {}
    account = session.get(SESSION_KEY)
    return mark if account is not None and mark.get("account") == account else {}


def _named(word: str) -> Assurance:
    try:
        return Assurance[word.upper()]
    except KeyError:
        raise ValueError(f"{word!r} is no assurance") from None


DEMANDS = load_demands(Path(__file__).with_name("assurance.toml"))

"""Everything the product says, it says in Swedish too."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture.messages import catalogue_of, messages
from tests.architecture.tree import SOURCE

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
MESSAGES = list(messages())
SPEAKERS = sorted({path for path, _ in MESSAGES})
CATALOGUES = sorted(SOURCE.rglob("locale/sv/LC_MESSAGES/django.po"))


@cache
def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)


def _entries(path: Path) -> list[Message]:
    return [message for message in _read(path) if message.id]


def _texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _said(path: Path) -> set[str]:
    return {text for message in _entries(path) if all(_texts(message.string)) for text in _texts(message.id)}


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_a_file_says_stands_in_its_own_catalogue(path: Path) -> None:
    catalogue = catalogue_of(path)
    translated = _said(catalogue) if catalogue.is_file() else set()
    assert {text for where, text in MESSAGES if where == path} - translated == set()


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_translation_is_a_guess(catalogue: Path) -> None:
    assert [message.id for message in _read(catalogue) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_translation_has_the_same_placeholders(catalogue: Path) -> None:
    wrong = [
        message.id
        for message in _entries(catalogue)
        if {*PLACEHOLDER.findall(_texts(message.id)[-1])} != {*PLACEHOLDER.findall(_texts(message.string)[-1])}
    ]
    assert wrong == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_is_translated_that_nobody_says(catalogue: Path) -> None:
    asked = {text for path, text in MESSAGES if catalogue_of(path) == catalogue}
    assert _said(catalogue) - asked == set()

"""Invented minutes in the layouts of many municipalities: every labelled value is found and nothing else."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from varn.areas.decisions.reader import as_json, read_file

from .scoring import VALUES, Labelled, folded, labelled, misses_and_extras, same_paragraph, wanted_singles
from .spans import broken_spans

LAYOUTS = Path(__file__).parent / "layouts"


@cache
def read(path: Path) -> list[dict[str, Any]]:
    return [as_json(paragraph) for paragraph in read_file(path)]


def numbers_and_bodies(one: dict[str, Any]) -> list[tuple[int | None, str | None]]:
    return [(clause["n"], clause.get("for")) for clause in one["clauses"]]


def votes(one: dict[str, Any], abstained: str) -> list[tuple[str | None, int | None, int | None, int | None]]:
    return [(vote["question"], vote["ja"], vote["nej"], vote[abstained]) for vote in one["votes"]]


@pytest.mark.parametrize("example", labelled(LAYOUTS), ids=lambda one: one.name)
class TestLayout:
    def test_its_single_values_are_right(self, example: Labelled) -> None:
        found = same_paragraph(read(example.source), example.gold)
        keys = wanted_singles(example.gold)
        assert {key: folded(found[key]) for key in keys} == {key: folded(example.gold[key]) for key in keys}

    def test_its_lists_hold_all_and_only_what_is_labelled(self, example: Labelled) -> None:
        found = same_paragraph(read(example.source), example.gold)
        assert {key: misses_and_extras(example.gold, found, key) for key in VALUES} == {key: ([], []) for key in VALUES}

    def test_its_clauses_are_numbered_and_addressed_as_printed(self, example: Labelled) -> None:
        found = same_paragraph(read(example.source), example.gold)
        assert numbers_and_bodies(found) == numbers_and_bodies(example.gold)

    def test_its_votes_are_counted(self, example: Labelled) -> None:
        found = same_paragraph(read(example.source), example.gold)
        assert votes(found, "avstar") == votes(example.gold, "avstår")

    def test_its_places_hold_their_values(self, example: Labelled) -> None:
        assert [broken_spans(found) for found in read(example.source)] == [[] for _ in read(example.source)]


def test_no_paragraph_is_read_from_a_table_of_contents() -> None:
    assert [one["paragraph"] for one in read(LAYOUTS / "soderas_au_minutes.txt")] == ["62", "63", "64", "65"]

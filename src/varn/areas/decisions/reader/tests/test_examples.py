"""The real minutes, read from where they lie: how much is found, missed and invented."""

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from varn.areas.decisions.reader import as_json, read_file

from .scoring import VALUES, Labelled, folded, labelled, misses_and_extras, same_paragraph, wanted_singles
from .spans import broken_spans

REPOSITORY = Path(__file__).resolve().parents[6]
MINUTES = (REPOSITORY / os.environ.get("VARN_EXAMPLES", "../shared/examples") / "minutes").resolve()
pytestmark = [
    pytest.mark.examples,
    pytest.mark.skipif(not MINUTES.is_dir(), reason="SKIPPED LOUDLY: the real minutes are not here; set VARN_EXAMPLES"),
]
ALLOWED = {"clauses": 1, "recipients": 1, "basis": 1, "proposers": 1, "reservations": 1}


@cache
def read(path: Path) -> list[dict[str, Any]]:
    return [as_json(paragraph) for paragraph in read_file(path)]


def examples() -> list[Labelled]:
    return labelled(MINUTES)


def seed() -> dict[str, Any]:
    return read(next(MINUTES.glob("*SEED.txt")))[0]


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.name)
def test_every_single_value_that_the_text_states_is_right(example: Labelled) -> None:
    found = same_paragraph(read(example.source), example.gold)
    keys = wanted_singles(example.gold)
    assert {key: folded(found[key]) for key in keys} == {key: folded(example.gold[key]) for key in keys}


@pytest.mark.parametrize("key", VALUES)
def test_no_more_is_missed_or_invented_than_promised(key: str) -> None:
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    for example in examples():
        misses, extras = misses_and_extras(example.gold, same_paragraph(read(example.source), example.gold), key)
        missed.update(misses)
        invented.update(extras)
    allowed = ALLOWED.get(key, 0)
    assert missed.total() <= allowed, missed
    assert invented.total() <= allowed, invented


@pytest.mark.parametrize("path", sorted(MINUTES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_place_holds_its_value(path: Path) -> None:
    assert [broken_spans(found) for found in read(path)] == [[]]


def test_the_decision_of_2021_gives_two_assignments_to_one_office() -> None:
    assert [given["assignee"] for given in seed()["assignments"]] == ["Kommundirektören"] * 2


def test_the_decision_of_2021_has_one_deadline_within_its_year() -> None:
    first, second = (given["deadline"] for given in seed()["assignments"])
    assert (first["from"], first["to"], first["kind"], second) == ("2022-01-01", "2022-12-31", "year", None)


def test_the_decision_of_2021_names_posts_purchase_and_funding_without_deciding_them() -> None:
    words = " | ".join(seed()["mentioned"])
    assert [
        part for part in ("bakgrundskontroll", "oegentligheter", "H-diari", "köp av", "KS 2021-53") if part not in words
    ] == []


def test_the_decision_of_2021_is_related_to_the_case_that_pays() -> None:
    assert seed()["related"] == ["KS 2021-53"]


def test_an_assignment_proposed_to_the_council_is_not_in_force() -> None:
    found = read(MINUTES / "molndal_ks20230517_p149.txt")[0]
    assert [(given["in_force"]) for given in found["assignments"]] == [False]


def test_a_vote_is_read_with_its_question_and_numbers() -> None:
    vote = read(MINUTES / "goteborg_ks20241127_p1005.txt")[0]["votes"][0]
    assert (vote["ja"], vote["nej"], vote["avstar"], vote["question"][:15]) == (7, 5, 1, "Ja för avslag o")

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.areas.decisions.lifecycle import OPEN_STATES, AssignmentState
from varn.areas.decisions.reader import as_json, read_text
from varn.areas.decisions.rules import (
    AddresseeKind,
    ClauseKind,
    Point,
    Purpose,
    Rank,
    addressee,
    clause_kind,
    faults,
    find_verbatim,
    fitting_first,
    found_point,
    marked,
    may_close,
    normal_paragraph,
    proposed,
    purpose_for,
    same_body,
    work_on_assignment,
    work_on_decision,
)
from varn.areas.decisions.tests.bodies import DECIDED

WORDS = st.text(alphabet="abcåäö §-\n\u00ad.", max_size=80)


@given(before=WORDS, words=WORDS, after=WORDS)
def test_words_that_stand_in_a_text_are_found_in_it(before: str, words: str, after: str) -> None:
    text = before + words + after
    span = find_verbatim(text, words)
    if "".join(words.replace("\u00ad", "").split()):
        assert span is not None
        start, end = span
        assert 0 <= start < end <= len(text)


@given(text=WORDS, words=WORDS)
def test_what_is_found_holds_the_same_letters(text: str, words: str) -> None:
    span = find_verbatim(text, words)
    if span is not None:
        letters = [sign for sign in text[span[0] : span[1]] if not sign.isspace() and sign not in "\u00ad-"]
        assert letters == [sign for sign in words if not sign.isspace() and sign not in "\u00ad-"]


@given(
    text=WORDS,
    cuts=st.dictionaries(
        st.sampled_from(["clauses[0].text", "title", "recipients[1]"]),
        st.tuples(st.integers(-5, 90), st.integers(-5, 90)),
    ),
)
def test_the_pieces_of_a_marked_text_are_the_text(text: str, cuts: dict[str, tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in marked(text, cuts)) == text


@pytest.mark.parametrize(
    ("line", "kind", "name", "purpose"),
    [
        ("Samtliga nämnder", AddresseeKind.ALL_COMMITTEES, "Samtliga nämnder", Purpose.INFORMATION),
        ("Samtliga förvaltningar", AddresseeKind.ALL_DEPARTMENTS, "Samtliga förvaltningar", Purpose.INFORMATION),
        ("Säkerhetschef, Anna Ahlberg", AddresseeKind.HOLDER, "Säkerhetschef", Purpose.INFORMATION),
        ("Kommunkansliet (uppdrag)", AddresseeKind.NAMED, "Kommunkansliet", Purpose.ASSIGNMENT),
        ("Socialförvaltningen för åtgärd", AddresseeKind.NAMED, "Socialförvaltningen", Purpose.ACTION),
        ("Akten", AddresseeKind.ARCHIVE, "Akten", Purpose.INFORMATION),
        ("Socialnämndernas ordförande", AddresseeKind.NAMED, "Socialnämndernas ordförande", Purpose.INFORMATION),
    ],
)
def test_a_line_of_recipients_says_whom_to_look_up(line: str, kind: AddresseeKind, name: str, purpose: Purpose) -> None:
    found = addressee(line)
    assert (found.kinds[0], found.name, found.purpose) == (kind, name, purpose)


def test_a_line_may_mean_two_groups() -> None:
    assert addressee("Stadens nämnder och bolag").kinds == (AddresseeKind.ALL_COMMITTEES, AddresseeKind.ALL_COMPANIES)


@given(st.text(max_size=200))
def test_any_line_gives_an_addressee(line: str) -> None:
    assert addressee(line).kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kommundirektören får i uppdrag att ta fram en plan.", ClauseKind.ASSIGNS),
        ("Riktlinjen fastställs.", ClauseKind.ADOPTS),
        ("Nämnden anslår 2 miljoner kronor.", ClauseKind.ALLOCATES),
        ("Riktlinjen från 2015 upphävs.", ClauseKind.REPEALS),
        ("Uppdraget förklaras fullgjort.", ClauseKind.CLOSES),
        ("Informationen läggs till handlingarna.", ClauseKind.NOTES),
    ],
)
def test_the_words_of_a_clause_say_what_it_does(text: str, kind: ClauseKind) -> None:
    assert clause_kind(text) == kind


@pytest.mark.parametrize(
    ("points", "kinds"),
    [
        ("1. Uppdraget 2022-01-10 § 5 anses slutredovisat.", [ClauseKind.CLOSES]),
        ("1. § 5/2022 avslutas.\n2. Taxan antas.", [ClauseKind.CLOSES, ClauseKind.ADOPTS]),
        ("Följande uppdrag anses slutförda:\n1. KF 2022-01-10 § 5\n2. KF 2022-02-14 § 31", [ClauseKind.CLOSES] * 2),
        ("1. Uppdraget anses slutfört.", [ClauseKind.CLOSES]),
        ("1. Motionen anses besvarad med uppdraget 2022-01-10 § 5.", [ClauseKind.NOTES]),
    ],
)
def test_a_clause_that_the_reader_found_to_end_an_assignment_closes(points: str, kinds: list[ClauseKind]) -> None:
    (found,) = read_text(f"Kommunstyrelsen 2023-03-14\n\n§ 40 Uppdrag\n\nKommunstyrelsens beslut\n\n{points}\n")
    assert [clause.kind for clause in proposed(as_json(found)).clauses] == kinds


def test_what_is_only_for_a_higher_body_is_a_proposal() -> None:
    assert clause_kind("Riktlinjen fastställs.", for_body="Kommunfullmäktige") == ClauseKind.PROPOSES


@given(giver=st.sampled_from(Rank), closer=st.sampled_from(Rank), same=st.booleans())
def test_only_the_same_or_a_higher_body_closes(giver: Rank, closer: Rank, same: bool) -> None:
    assert (may_close(giver=giver, closer=closer, same_body=same) is None) == (same or closer > giver)


@pytest.mark.parametrize("written", ["393", "§ 393", "KS § 393", "§393", "393/21"])
def test_a_section_is_the_same_however_it_is_written(written: str) -> None:
    assert normal_paragraph(written) == "393"


def test_a_body_is_known_by_its_genitive_and_its_short_name() -> None:
    assert same_body("Kommunstyrelsens", "Kommunstyrelsen", "KS")
    assert same_body("ks", "Kommunstyrelsen", "KS")
    assert not same_body("", "Kommunstyrelsen")


def test_a_point_means_the_clause_of_that_number_or_otherwise_of_that_place() -> None:
    numbered = [Point(key=1, number="1", position=1), Point(key=2, number="3", position=2)]
    assert (found_point("3", numbered), found_point("2", numbered), found_point("", numbered)) == ([2], [], [1, 2])
    assert found_point("2", [Point(key=1, number="", position=1), Point(key=2, number="", position=2)]) == [2]


def test_a_confirmed_decision_has_no_fault() -> None:
    assert faults(DECIDED) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": ""}, "body"),
        ({"date": None}, "date"),
        ({"paragraph": " "}, "paragraph"),
        ({"title": ""}, "title"),
        ({"clauses": (), "assignments": ()}, "clauses"),
        ({"assignments": (replace(DECIDED.assignments[1], clause=3),)}, "assignments[0].clause"),
        ({"assignments": (replace(DECIDED.assignments[1], assignee=""),)}, "assignments[0].assignee"),
    ],
)
def test_what_is_missing_is_named_by_its_field(changes: dict[str, object], field: str) -> None:
    assert [fault.field for fault in faults(replace(DECIDED, **changes))] == [field]


@pytest.mark.parametrize(
    ("line", "purpose"),
    [
        ("Kommundirektör", Purpose.ASSIGNMENT),
        ("Kommundirektören, Ada Alm", Purpose.ASSIGNMENT),
        ("Kommundirektören för kännedom", Purpose.INFORMATION),
        ("Kommundirektören (för åtgärd)", Purpose.ACTION),
        ("Samtliga nämnder", Purpose.INFORMATION),
    ],
)
def test_a_recipient_who_got_the_assignment_is_sent_the_decision_for_it_unless_the_text_says_otherwise(
    line: str, purpose: Purpose
) -> None:
    assert purpose_for(line, ["Kommundirektören"]) is purpose


@pytest.mark.parametrize(
    ("state", "is_matched", "first"),
    [
        ("dispatched", True, ["decisions:assignment:receive", "decisions:assignment:interpret"]),
        ("dispatched", False, ["decisions:assignment:match", "decisions:assignment:receive"]),
        ("reported_back", True, ["decisions:assignment:close"]),
        ("closed", True, []),
    ],
)
def test_at_most_two_deeds_that_fit_the_state_stand_first(state: str, is_matched: bool, first: list[str]) -> None:
    offered = {f"decisions:assignment:{verb}" for verb in ("receive", "match", "interpret", "close", "annul", "start")}
    assert fitting_first(state, offered, is_matched=is_matched) == first


def test_only_what_is_proposed_can_be_taken_up_and_only_what_is_delegated_taken_back() -> None:
    for state in AssignmentState:
        work = work_on_assignment(state, is_open=state in OPEN_STATES, is_delegated=False)
        assert ("decisions:assignment:adopt" in work) == (state == AssignmentState.PROPOSED)
        assert "decisions:assignment:take_back" not in work
        delegated = work_on_assignment(state, is_open=state in OPEN_STATES, is_delegated=True)
        assert ("decisions:assignment:take_back" in delegated) == (state in OPEN_STATES)


@pytest.mark.parametrize(
    ("state", "sent", "repealed"),
    [("registered", True, True), ("binding", True, True), ("repealed", True, False), ("annulled", False, False)],
)
def test_what_is_annulled_is_not_sent_and_what_is_repealed_not_repealed_again(
    state: str, sent: bool, repealed: bool
) -> None:
    work = work_on_decision(state)
    assert ("decisions:dispatch:send" in work, "decisions:decision:repeal" in work) == (sent, repealed)

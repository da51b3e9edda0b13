"""Why somebody sees a record, as the command and the pages tell it."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from tests.people import AT, Member, Municipality
from varn.areas.decisions.models import Decision
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.secrecy.actions import ask_why
from varn.mechanisms.secrecy.explaining import Rule
from varn.mechanisms.secrecy.tests.test_doing import LATER, accuse, bodies, decision, kerstin_secretary, quiet

__all__ = ["bodies", "decision", "kerstin_secretary", "quiet"]


def ask(decision: Decision, about: Member, by: Member) -> object:
    viewer = by.viewer_at(LATER)
    return ask_why(thing=decision, account=about.account, moment=LATER, by=viewer, at=LATER).explanation


def test_the_question_stands_in_the_trail(
    decision: Decision, anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    told = ask(decision, bo_coordinator, anna_head_of_security)
    assert not told.sees
    assert told.rules[Rule.SCOPE] is False
    entry = history_of(decision, viewer=anna_head_of_security.viewer_at(LATER)).filter(verb=Permission.EXPLAIN).get()
    assert entry.changes["asked_about"] == [None, bo_coordinator.account.name]


def test_whoever_does_not_see_the_record_may_not_ask(
    decision: Decision, anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    accuse_line = anna_head_of_security.viewer_at(LATER)
    outside = replace(
        accuse_line,
        scopes=tuple(replace(one, everything=False, overview=False, unit_id=0) for one in accuse_line.scopes),
    )
    with pytest.raises(PermissionDenied):
        ask_why(thing=decision, account=bo_coordinator.account, moment=LATER, by=outside, at=LATER)


def test_conflicts_are_told_to_whoever_may_read_the_subjects(
    decision: Decision,
    kerstin_secretary: Member,
    anna_head_of_security: Member,
    david_chief_executive: Member,
    bo_coordinator: Member,
) -> None:
    accuse(decision, bo_coordinator.person, kerstin_secretary)
    told = ask(decision, david_chief_executive, anna_head_of_security)
    assert told.is_whole
    assert told.rules[Rule.CONFLICT] is False
    assert not told.sees


def test_the_command_tells_no_subjects_to_whoever_stands_at_the_machine(
    decision: Decision,
    kerstin_secretary: Member,
    david_chief_executive: Member,
    anna_head_of_security: Member,
    bo_coordinator: Member,
) -> None:
    accuse(decision, bo_coordinator.person, kerstin_secretary)
    said = StringIO()
    call_command("access", "explain", "david", decision.reference, stdout=said)
    assert bo_coordinator.person.name not in said.getvalue()
    assert decision.reference in said.getvalue()
    named = StringIO()
    call_command("access", "explain", "david", f"decisions:decision:{decision.pk}", by="anna", stdout=named)
    assert bo_coordinator.person.name in named.getvalue()


def test_as_of_an_earlier_moment_it_is_told_as_it_was(
    decision: Decision, municipality: Municipality, anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    said = StringIO()
    call_command("access", "explain", "anna", decision.reference, as_of=f"{AT:%Y-%m-%d}", stdout=said)
    assert f"{AT:%Y-%m-%d}" in said.getvalue()

"""Why somebody sees a record, as the command and the pages tell it."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.people import AT, Member, Municipality
from varn.areas.decisions.models import Decision
from varn.areas.organisation.models import Person
from varn.kernel.levels import Level
from varn.mechanisms.access.models import Marking, Share
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.secrecy.actions import ask_why, create_compartment
from varn.mechanisms.secrecy.explaining import Rule
from varn.mechanisms.secrecy.queries import shares_of
from varn.mechanisms.secrecy.telling import told
from varn.mechanisms.secrecy.tests.test_doing import GROUNDS, LATER, accuse, bodies, decision, kerstin_secretary, quiet

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


@pytest.mark.parametrize("written", ["UPP-2022-0001", "decisions:assignment:1", "decisions:decision:0", ""])
def test_what_cannot_be_explained_is_called_neither_a_person_nor_a_decision(
    anna_head_of_security: Member, written: str
) -> None:
    with override("en"), pytest.raises(CommandError, match="No decision and no person is called"):
        call_command("access", "explain", "anna", written)


def test_as_of_an_earlier_moment_it_is_told_as_it_was(
    decision: Decision, municipality: Municipality, anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    said = StringIO()
    call_command("access", "explain", "anna", decision.reference, as_of=f"{AT:%Y-%m-%d}", stdout=said)
    assert f"{AT:%Y-%m-%d}" in said.getvalue()


def test_a_compartment_of_another_day_is_not_named_to_who_was_never_its_member(
    decision: Decision, anna_head_of_security: Member, bo_coordinator: Member, kerstin_secretary: Member
) -> None:
    room = create_compartment(
        name="Granen", kind="other", purpose="Prov", responsible=kerstin_secretary.account, grounds=GROUNDS,
        by=system_viewer(at=AT, job="test"), at=AT,
    )  # fmt: skip
    beside = {"content_type": ContentType.objects.get_for_model(Decision), "object_id": decision.pk}
    Marking.objects.create(**beside, level=Level.INTERNAL, compartment=room, from_at=AT, until_at=LATER)
    lines = {}
    for by in (anna_head_of_security, kerstin_secretary):
        viewer = replace(by.viewer_at(LATER), general=frozenset({Permission.EXPLAIN}))
        answer = ask_why(thing=decision, account=bo_coordinator.account, moment=AT, by=viewer, at=LATER)
        with override("en"):
            lines[by.account.name] = str([rule.lines for rule in told(answer.explanation)])
    assert "Granen" in lines["Kerstin Ek"]
    assert "Granen" not in lines["Anna Ahlberg"]
    assert "no member of a compartment" in lines["Anna Ahlberg"]


def test_with_whom_it_is_shared_is_not_told_of_who_is_protected(
    decision: Decision, anna_head_of_security: Member, bo_coordinator: Member, kerstin_secretary: Member
) -> None:
    about = {"content_type": ContentType.objects.get_for_model(Decision), "object_id": decision.pk}
    Share.objects.create(
        **about, person_id=bo_coordinator.person.pk, ground="Stöd", from_at=AT, until_at=LATER + timedelta(days=9)
    )
    kerstin, anna = (each.viewer_at(LATER) for each in (kerstin_secretary, anna_head_of_security))
    assert [one.name for one in shares_of(decision, viewer=kerstin)] == ["Bo Berglund"]
    person = {"content_type": ContentType.objects.get_for_model(Person), "object_id": bo_coordinator.person.pk}
    Marking.objects.create(**person, level=Level.SENSITIVE, from_at=AT)
    assert shares_of(decision, viewer=kerstin) == []
    said = ask_why(thing=decision, account=anna_head_of_security.account, moment=LATER, by=anna, at=LATER)
    assert "Bo Berglund" not in str(said.explanation.findings)

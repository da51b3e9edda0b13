"""The demo municipality: that it is as told, and that what happened in it really happened."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from varn.areas.decisions.lifecycle import AssignmentState, DecisionState
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Mention, Motion, Recipient, Reservation, Vote
from varn.areas.decisions.queries import understand
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import (
    Absence,
    Appointment,
    AppointmentUnit,
    GroupAppointment,
    Person,
    StandIn,
    Unit,
)
from varn.areas.organisation.queries import cells_of, coverage_summary
from varn.areas.organisation.rules.coverage import CoverageStatus
from varn.kernel.levels import Tier
from varn.mechanisms.access.models import Account, Membership, Share
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.approvals.queries import waiting_for
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.moves.models import Move
from varn.overview.demo.days import morning
from varn.overview.demo.place import Place
from varn.overview.queries.trying import people_to_try
from varn.overview.tests.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def the_decision() -> Decision:
    return Decision.objects.get(paragraph="393")


def test_the_municipality_has_the_units_that_are_told() -> None:
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert (kinds["committee"], kinds["department"], kinds["company"], kinds["place"]) == (9, 10, 2, 1)
    assert 110 <= Unit.objects.count() <= 130


def test_the_sample_minutes_are_read_whole_and_new_to_the_demo() -> None:
    (sample,) = {person.sample for person in people_to_try()} - {""}
    content = Path(finders.find(sample)).read_bytes()
    birgitta = viewer_of(Account.objects.get(name="Birgitta Wikner"), at=NOW)
    understood = understand(name="exempel.txt", content=content, viewer=birgitta)
    (paragraph,) = understood.paragraphs
    assert [len(paragraph[part]) for part in ("clauses", "assignments", "recipients")] == [3, 2, 3]
    assert not Decision.objects.filter(paragraph=paragraph["paragraph"]).exists()


def test_one_request_waits_for_the_head_of_security_and_nothing_of_it_is_done() -> None:
    (approval,) = Approval.objects.all()
    rasmus = viewer_of(Account.objects.get(name="Rasmus Tjäder"), at=NOW)
    assert approval.state == "waiting"
    assert list(waiting_for(rasmus)) == [approval]
    assert not Account.objects.filter(name="Sanna Wiklund").exists()


def test_some_sixty_people_have_a_function() -> None:
    assert 55 <= Person.objects.filter(appointments__isnull=False).distinct().count() <= 65


def test_the_decision_has_the_facts_of_the_real_one() -> None:
    decision = the_decision()
    assert (decision.body.name, decision.case_number) == ("Kommunstyrelsen", "KS 2021-1028")
    assert decision.title == "Stärkt intern säkerhetsorganisation, implementering"
    assert decision.date.weekday() == 1
    assert list(decision.relatedcases.values_list("number", flat=True)) == ["KS 2021-53"]
    assert [len(motion.movers) for motion in Motion.objects.filter(decision=decision)] == [3]


def test_its_two_assignments_go_to_the_chief_executive_and_only_one_has_a_deadline() -> None:
    rows = Assignment.objects.filter(decision=the_decision()).order_by("clause__position")
    assert [row.office.name for row in rows] == ["Kommundirektören"] * 2
    assert [row.due_date and row.due_date.year for row in rows] == [TODAY.year, None]


def test_its_recipients_were_expanded_and_some_have_not_acknowledged() -> None:
    decision = the_decision()
    *lines, answers = Recipient.objects.filter(decision=decision).order_by("position")
    assert (len(lines), answers.text) == (5, "Kommundirektören")
    sent = Dispatch.objects.filter(decision=decision)
    assert sent.count() == 9 + 10 + 3 + 1
    assert 0 < sent.filter(acknowledged_at=None).count() < sent.count()


def test_what_the_text_names_but_no_clause_decides_is_listed() -> None:
    mentions = " ".join(Mention.objects.filter(decision=the_decision()).values_list("text", flat=True))
    assert all(words in mentions for words in ("bakgrundskontroller", "H-diariet", "Lejonfastigheter"))


def test_an_earlier_assignment_was_closed_by_reference_under_another_case_number() -> None:
    closed = Assignment.objects.get(state=AssignmentState.CLOSED)
    closing = closed.closings.get()
    assert closing.decision.case_number != closed.decision.case_number
    assert (closing.paragraph, closing.point) == ("88", "2")


def test_an_assignment_that_was_only_proposed_to_the_board_is_not_in_force() -> None:
    proposed = Assignment.objects.get(state=AssignmentState.PROPOSED)
    assert proposed.clause.for_body == "Kommunstyrelsen"


def test_one_decision_was_put_to_the_vote_and_somebody_reserved_themselves() -> None:
    vote = Vote.objects.get()
    assert (vote.yes, vote.no) == (8, 3)
    assert vote.decision.paragraph == "21"
    assert [row.decision for row in Reservation.objects.all()] == [vote.decision]


def test_decisions_gained_force_by_themselves() -> None:
    states = Counter(Decision.objects.values_list("state", flat=True))
    assert states[DecisionState.BINDING] == 6
    assert states[DecisionState.POSTED] == 1


def test_one_coordinator_is_supplied_under_an_agreement() -> None:
    supplied = Appointment.objects.get(employer__isnull=False)
    assert (supplied.employer.name, supplied.function.key) == ("Lejonfastigheter AB", "security_coordinator")
    assert "KS 2021-1028" in supplied.agreement


def test_socialforvaltningen_was_supported_by_another_before() -> None:
    first = the_decision().date + timedelta(days=77)
    unit = Unit.objects.get(name="Socialförvaltningen")

    def coordinator(day):
        placed = AppointmentUnit.objects.on(day).filter(unit=unit, appointment__function__key="security_coordinator")
        return [row.appointment.person.name for row in placed.exclude(appointment__state=AppointmentState.PROPOSED)]

    assert (coordinator(first), coordinator(TODAY)) == (["Amina Warsame"], ["Jonas Brännlund"])


def test_there_are_gaps_left_on_the_tactical_level(demo: Place) -> None:
    summary = coverage_summary(TODAY, demo.viewer("Rasmus Tjäder", NOW))
    assert summary[Tier.TACTICAL][CoverageStatus.VACANT] == 4
    assert summary[Tier.TACTICAL][CoverageStatus.ENDING] == 1


def test_one_unit_has_more_security_representatives_than_it_should(demo: Place) -> None:
    cells = cells_of(TODAY, demo.viewer("Rasmus Tjäder", NOW))
    assert [cell.unit.name for cell in cells if cell.status == CoverageStatus.OVERSTAFFED] == ["Stadsbiblioteket"]


def test_appointments_end_within_the_window_and_one_waits_for_an_answer() -> None:
    states = Counter(Appointment.objects.values_list("state", flat=True))
    assert (states["ending"], states["ended"], states["proposed"]) == (3, 2, 1)


def test_somebody_stands_in_now_somebody_has_and_somebody_will() -> None:
    told = [(row.deputy.name, row.state, row.from_date <= TODAY < row.until_date) for row in StandIn.objects.all()]
    assert sorted(told) == [
        ("Magnus Thelander", "ended", False),
        ("Roger Fjällman", "appointed", False),
        ("Zahra Rahimi", "appointed", True),
    ]
    covered = StandIn.objects.values("appointment__person")
    assert [row.person.name for row in Absence.objects.exclude(person__in=covered)] == ["Yvonne Blad"]


def test_a_group_of_the_directory_gives_a_function() -> None:
    given = GroupAppointment.objects.get()
    assert (given.person.name, given.appointment.state) == ("Torbjörn Ekelund", AppointmentState.ACTIVE)
    assert given.mapping.made_by.name == "Rasmus Tjäder"


def test_a_compartment_has_two_members_and_a_decision_is_shared(demo: Place) -> None:
    members = Membership.objects.holding(NOW).filter(compartment__name="Bakgrundskontroller")
    assert sorted(row.account.name for row in members) == ["Rasmus Tjäder", "Tove Ankarberg"]
    share = Share.objects.holding(NOW).get()
    shared = Decision.objects.filter(pk=share.object_id)
    before = morning(TODAY - timedelta(days=60), 10)
    assert shared.visible_to(demo.viewer("Piotr Kowalski", NOW)).exists()
    assert not shared.visible_to(demo.viewer("Piotr Kowalski", before)).exists()


def test_nothing_happened_in_the_future_and_history_is_in_order() -> None:
    moments = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= NOW
    assert Move.objects.filter(made_at__gt=NOW).count() == 0


def test_everybody_one_can_be_is_there() -> None:
    assert len(people_to_try()) == 12

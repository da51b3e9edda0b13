from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.people import AT, Member, Municipality, appoint
from varn.areas.organisation.models import Appointment
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused, begin, make, moves_of, open_moves


@pytest.fixture
def proposal(municipality: Municipality, bo_coordinator: Member, cecilia_head_of_department: Member) -> Appointment:
    """Bo is proposed as coordinator for Bildningsförvaltningen too."""
    function = municipality.functions["security_coordinator"]
    appointment = appoint(bo_coordinator.person, function, municipality.units["31"], from_date=date(2022, 4, 1))
    appointment.state = "proposed"
    appointment.save()
    begin(appointment, by=cecilia_head_of_department.viewer, at=AT)
    return appointment


def test_a_move_changes_the_state_and_stands_in_history_and_trail(
    proposal: Appointment, cecilia_head_of_department: Member
) -> None:
    make(proposal, "accept", by=cecilia_head_of_department.viewer, at=AT)
    viewer = cecilia_head_of_department.viewer
    assert Appointment.objects.get(pk=proposal.pk).state == "accepted"
    assert [(m.source, m.target, m.until_at) for m in moves_of(proposal, viewer=viewer)] == [
        ("", "proposed", AT),
        ("proposed", "accepted", None),
    ]
    assert history_of(proposal, viewer=viewer).get().changes == {"state": ["proposed", "accepted"]}


def test_a_reader_without_the_right_is_refused(proposal: Appointment, bo_coordinator: Member) -> None:
    with pytest.raises(PermissionDenied):
        make(proposal, "accept", by=bo_coordinator.viewer, at=AT)
    assert Appointment.objects.get(pk=proposal.pk).state == "proposed"


def test_a_move_that_does_not_start_here_is_refused(proposal: Appointment, cecilia_head_of_department: Member) -> None:
    with pytest.raises(Refused) as refused:
        make(proposal, "end", by=cecilia_head_of_department.viewer, at=AT)
    assert refused.value.refusal.key == "moves:refusal.not_from_here"


def test_a_move_that_needs_a_reason_is_refused_without_one(
    proposal: Appointment, cecilia_head_of_department: Member
) -> None:
    with pytest.raises(Refused) as refused:
        make(proposal, "decline", by=cecilia_head_of_department.viewer, at=AT, reason="  ")
    assert refused.value.refusal.key == "moves:refusal.reason_missing"


def test_the_same_move_twice_is_made_once(proposal: Appointment, cecilia_head_of_department: Member) -> None:
    stale = Appointment.objects.get(pk=proposal.pk)
    make(proposal, "accept", by=cecilia_head_of_department.viewer, at=AT)
    with pytest.raises(Refused):
        make(stale, "accept", by=cecilia_head_of_department.viewer, at=AT)


def test_an_automatic_move_waits_for_its_day(proposal: Appointment, cecilia_head_of_department: Member) -> None:
    make(proposal, "accept", by=cecilia_head_of_department.viewer, at=AT)
    with pytest.raises(Refused) as refused:
        make(proposal, "activate", by=system_viewer(at=AT, job="appointments"), at=AT)
    assert refused.value.refusal.key == "organisation:refusal.not_begun"


def test_the_page_offers_only_what_the_reader_may_do(
    proposal: Appointment, cecilia_head_of_department: Member, bo_coordinator: Member
) -> None:
    offered = open_moves(proposal, by=cecilia_head_of_department.viewer, at=AT)
    assert [offer.move.name for offer in offered] == ["accept", "decline", "withdraw"]
    assert open_moves(proposal, by=bo_coordinator.viewer, at=AT) == []


def test_the_database_refuses_a_state_that_nobody_declared(proposal: Appointment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=proposal.pk).update(state="forgotten")

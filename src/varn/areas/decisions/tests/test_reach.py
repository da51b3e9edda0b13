"""A decision is seen in a unit as long as one ground holds there, and not a moment longer."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.people import AT, Member, Municipality, appoint, join
from varn.areas.decisions.actions import (
    acknowledge_dispatch,
    annul_assignment,
    change_body,
    delegate_assignment,
    dispatch_decision,
    match_assignment,
    register_decision,
    support_assignment,
    take_back_assignment,
    take_back_dispatch,
)
from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Clause, Decision, Dispatch, Reach
from varn.areas.decisions.queries import To, assignments, balance_of, chain_of, decisions
from varn.areas.decisions.tests.bodies import DECIDED, Bodies, in_other
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.queries import notices
from varn.mechanisms.search.finding import find

AFTER = AT + timedelta(hours=1)
LATER = AT + timedelta(hours=2)


@pytest.fixture
def decision(bodies: Bodies, eva_secretary: Member) -> Decision:
    return register_decision(paragraph=DECIDED, by=eva_secretary.viewer, at=AT)


@pytest.fixture
def assignment(decision: Decision) -> Assignment:
    return decision.assignments.order_by("pk")[0]


@pytest.fixture
def delegated(assignment: Assignment, bo_coordinator: Member, david_chief_executive: Member) -> Assignment:
    return delegate(assignment, bo_coordinator.person, david_chief_executive, at=AT)


def delegate(assignment: Assignment, to: Model, by: Member, at: datetime) -> Assignment:
    return delegate_assignment(assignment=assignment, delegated_to=to, by=by.viewer_at(at), at=at)


def take_back(assignment: Assignment, by: Member, reason: str = "Fel person.") -> Assignment:
    return take_back_assignment(assignment=assignment, reason=reason, by=by.viewer_at(AFTER), at=AFTER)


def send(decision: Decision, eva: Member, *units: int, at: datetime = AT) -> list[Dispatch]:
    recipient = decision.recipients.get(position=5)
    to = [To(recipient=recipient, name=f"Enhet {unit}", unit_id=unit, email="enhet@ekby.example") for unit in units]
    return dispatch_decision(decision=decision, to=to, by=eva.viewer_at(at), at=at)


def unsend(dispatch: Dispatch, eva: Member) -> Dispatch:
    return take_back_dispatch(dispatch=dispatch, reason="Fel mottagare.", by=eva.viewer_at(AFTER), at=AFTER)


def sees(viewer: Viewer, decision: Decision) -> bool:
    return decisions(viewer=viewer).filter(pk=decision.pk).exists()


def test_the_former_delegate_sees_nothing_of_it_the_moment_after(
    delegated: Assignment, decision: Decision, bodies: Bodies, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    bo = bo_coordinator
    url = reverse("decisions:assignment-detail", args=[delegated.reference])
    values = {"reference": delegated.reference}
    notify([bo.account.pk], kind="decisions:notice.overdue", about=delegated, url=url, values=values, at=AT)

    def seen(viewer: Viewer) -> list[bool]:
        chain = chain_of(decision, viewer=viewer)
        return [
            sees(viewer, decision),
            Clause.objects.visible_to(viewer).exists(),
            assignments(viewer=viewer).exists(),
            bool(find("säkerhetsarbetet", viewer=viewer)),
            notices(viewer=viewer).exists(),
            any(link.assignments for link in chain.links),
            bool(balance_of(bodies.board, AT.date(), viewer=viewer).open),
        ]

    assert all(seen(bo.viewer_at(AT)))
    delegate(delegated, david_chief_executive.person, david_chief_executive, at=AFTER)
    assert not any(seen(bo.viewer_at(AFTER)))


@pytest.mark.parametrize("page", ["decision-detail", "decision-chain", "assignment-detail", "assignment-note"])
def test_the_pages_are_404_for_the_former_delegate(
    page: str,
    client: Client,
    delegated: Assignment,
    decision: Decision,
    bo_coordinator: Member,
    david_chief_executive: Member,
) -> None:
    client.force_login(bo_coordinator.account)
    thing = decision if page.startswith("decision") else delegated
    address = reverse(f"decisions:{page.replace('-note', '-report_progress')}", args=[thing.reference])
    assert client.get(address).status_code == 200
    take_back(delegated, david_chief_executive)
    assert client.get(address).status_code == 404


def test_the_list_for_a_meeting_taken_out_by_the_former_delegate_does_not_name_the_assignment(
    client: Client, delegated: Assignment, bodies: Bodies, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    client.force_login(bo_coordinator.account)
    address = reverse("decisions:body-balance", args=[bodies.board.pk]) + "?day=2022-03-01"
    for taken, expected in ((False, True), (True, False)):
        if taken:
            take_back(delegated, david_chief_executive)
        rows = b"".join(client.get(address + "&format=csv").streaming_content).decode()
        pdf = PdfReader(BytesIO(client.get(address + "&format=pdf").content)).pages[0].extract_text()
        assert (delegated.reference in rows, delegated.reference in pdf) == (expected, expected)


def test_a_unit_with_another_ground_sees_it_still(
    delegated: Assignment,
    decision: Decision,
    eva_secretary: Member,
    bo_coordinator: Member,
    david_chief_executive: Member,
    municipality: Municipality,
) -> None:
    send(decision, eva_secretary, municipality.units["21"].pk)
    take_back(delegated, david_chief_executive)
    assert sees(bo_coordinator.viewer_at(AFTER), decision)


def test_as_of_an_earlier_moment_the_decision_is_seen_where_it_was_seen_then(
    delegated: Assignment, decision: Decision, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    take_back(delegated, david_chief_executive)
    moments = (AT - timedelta(seconds=1), AT, AFTER - timedelta(seconds=1), AFTER)
    assert [sees(bo_coordinator.viewer_at(moment), decision) for moment in moments] == [False, True, True, False]


def test_what_has_ended_is_kept(delegated: Assignment, david_chief_executive: Member) -> None:
    take_back(delegated, david_chief_executive)
    row = Reach.objects.get(ground="delegate")
    assert (row.assignment, row.unit.code, row.from_at, row.until_at) == (delegated, "21", AT, AFTER)


def test_a_mistaken_match_no_longer_shows_the_decision_once_it_is_corrected(
    assignment: Assignment,
    decision: Decision,
    eva_secretary: Member,
    bo_coordinator: Member,
    cecilia_head_of_department: Member,
    municipality: Municipality,
) -> None:
    bo, cecilia = bo_coordinator, cecilia_head_of_department
    for code, at in (("31", AT), ("21", AFTER)):
        unit = municipality.units[code]
        match_assignment(assignment=assignment, unit=unit, by=eva_secretary.viewer_at(at), at=at)
        assert [sees(who.viewer_at(at), decision) for who in (cecilia, bo)] == [code == "31", code == "21"]


def test_the_former_supporter_sees_it_no_more(
    assignment: Assignment, decision: Decision, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    for support, at in ((bo_coordinator.person, AT), (None, AFTER)):
        support_assignment(assignment=assignment, support=support, by=david_chief_executive.viewer_at(at), at=at)
        assert sees(bo_coordinator.viewer_at(at), decision) == (support is not None)


def test_who_both_does_and_supports_it_sees_it_until_both_have_ended(
    delegated: Assignment, decision: Decision, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    bo, david = bo_coordinator, david_chief_executive
    support_assignment(assignment=delegated, support=bo.person, by=david.viewer, at=AT)
    take_back(delegated, david)
    assert sees(bo.viewer_at(AFTER), decision)
    support_assignment(assignment=delegated, support=None, by=david.viewer_at(LATER), at=LATER)
    assert not sees(bo.viewer_at(LATER), decision)


def test_an_annulled_assignment_lets_nobody_see_its_decision(
    delegated: Assignment, decision: Decision, eva_secretary: Member, bo_coordinator: Member
) -> None:
    annul_assignment(assignment=delegated, reason="Felläst.", by=eva_secretary.viewer_at(AFTER), at=AFTER)
    assert not sees(bo_coordinator.viewer_at(AFTER), decision)
    assert sees(eva_secretary.viewer_at(AFTER), decision)


def test_a_dispatch_taken_back_shows_the_decision_no_more_and_stands_in_the_trail_with_its_reason(
    client: Client,
    decision: Decision,
    eva_secretary: Member,
    cecilia_head_of_department: Member,
    municipality: Municipality,
) -> None:
    (dispatch,) = send(decision, eva_secretary, municipality.units["31"].pk)
    cecilia = cecilia_head_of_department
    assert sees(cecilia.viewer_at(AT), decision)
    client.force_login(eva_secretary.account)
    page = client.get(reverse("decisions:decision-detail", args=[decision.reference])).content.decode()
    address = reverse("decisions:dispatch-take_back", args=[dispatch.pk])
    assert address in page
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Fel mottagare."}).status_code == 302
    now = Dispatch.objects.get().taken_back_at
    assert not sees(cecilia.viewer_at(now), decision)
    reasons = [entry.reason for entry in history_of(dispatch, viewer=eva_secretary.viewer_at(now))]
    assert "Fel mottagare." in reasons
    page = client.get(reverse("decisions:decision-detail", args=[decision.reference])).content.decode()
    assert "taget tillbaka" in page
    assert address not in page


def test_an_acknowledged_dispatch_is_not_taken_back(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, municipality: Municipality
) -> None:
    (dispatch,) = send(decision, eva_secretary, municipality.units["31"].pk)
    acknowledge_dispatch(dispatch=dispatch, answer="", by=cecilia_head_of_department.viewer, at=AT)
    with pytest.raises(Refused, match="already_acknowledged"):
        unsend(dispatch, eva_secretary)


def test_what_was_taken_back_is_awaited_of_nobody_and_can_be_sent_anew(
    decision: Decision, eva_secretary: Member, cecilia_head_of_department: Member, municipality: Municipality
) -> None:
    unit, cecilia = municipality.units["31"].pk, cecilia_head_of_department
    (dispatch,) = send(decision, eva_secretary, unit)
    unsend(dispatch, eva_secretary)
    assert not Dispatch.objects.visible_to(cecilia.viewer_at(AFTER)).waiting().exists()
    send(decision, eva_secretary, unit, at=LATER)
    assert Dispatch.objects.visible_to(cecilia.viewer_at(LATER)).waiting().count() == 1


def test_an_assignment_is_dispatched_only_as_long_as_whoever_answers_is_sent_the_decision(
    decision: Decision, eva_secretary: Member, municipality: Municipality
) -> None:
    first, second = send(decision, eva_secretary, municipality.units["31"].pk, municipality.units["21"].pk)
    assignment = decision.assignments.order_by("pk")[0]
    match_assignment(assignment=assignment, unit=municipality.units["21"], by=eva_secretary.viewer, at=AT)
    for dispatch, state in ((first, AssignmentState.DISPATCHED), (second, AssignmentState.DECIDED)):
        unsend(dispatch, eva_secretary)
        assignment.refresh_from_db()
        assert assignment.state == state


def test_nobody_is_given_work_that_they_may_not_see(
    assignment: Assignment, david_chief_executive: Member, municipality: Municipality
) -> None:
    nils = join("Nils Nord", municipality, "security_representative", "21")
    with pytest.raises(Refused, match="has_no_appointment_for_it"):
        delegate(assignment, nils.person, david_chief_executive, at=AT)
    with pytest.raises(Refused, match="has_no_appointment_for_it"):
        support_assignment(assignment=assignment, support=nils.person, by=david_chief_executive.viewer, at=AT)
    assignment.refresh_from_db()
    assert (assignment.delegated_to, assignment.support) == (None, None)


def test_who_is_appointed_in_another_unit_than_their_own_sees_what_is_delegated_to_them(
    assignment: Assignment, decision: Decision, david_chief_executive: Member, municipality: Municipality
) -> None:
    nils = join("Nils Nord", municipality, "security_representative", "31")
    appoint(nils.person, municipality.functions["security_coordinator"], municipality.units["21"])
    delegate(assignment, nils.person, david_chief_executive, at=AT)
    assert sees(nils.viewer, decision)
    assert Reach.objects.get(ground="delegate").unit == municipality.units["21"]


def test_a_delegation_needs_somebody_and_is_taken_back_by_its_own_button_with_a_reason(
    client: Client, delegated: Assignment, bo_coordinator: Member, david_chief_executive: Member
) -> None:
    client.force_login(david_chief_executive.account)
    page = client.post(reverse("decisions:assignment-delegate", args=[delegated.reference]), {"delegated_to": ""})
    delegated.refresh_from_db()
    assert "Välj vem som ska göra arbetet" in page.content.decode()
    assert delegated.delegated_to == bo_coordinator.person
    address = reverse("decisions:assignment-take_back", args=[delegated.reference])
    assert address in client.get(reverse("decisions:assignment-detail", args=[delegated.reference])).content.decode()
    assert client.post(address, {"reason": "Annan arbetsfördelning."}).status_code == 302
    delegated.refresh_from_db()
    assert delegated.delegated_to is None
    assert (
        address not in client.get(reverse("decisions:assignment-detail", args=[delegated.reference])).content.decode()
    )


def test_what_nobody_does_by_delegation_cannot_be_taken_back(
    assignment: Assignment, david_chief_executive: Member
) -> None:
    with pytest.raises(Refused, match="not_delegated"):
        take_back(assignment, david_chief_executive)


def test_a_body_takes_its_decisions_along_to_the_unit_it_decides_for(
    bodies: Bodies, eva_secretary: Member, municipality: Municipality
) -> None:
    gun, rut = (join(name, municipality, "committee_secretary", code) for name, code in (("Gun", "20"), ("Rut", "30")))
    decided = register_decision(paragraph=in_other("Socialnämnden"), by=gun.viewer, at=AT)
    everybody = system_viewer(at=AFTER, job="test")
    change_body(body=bodies.social, unit=municipality.units["30"], by=everybody, at=AFTER)
    assert [sees(who.viewer_at(AFTER), decided) for who in (gun, rut)] == [False, True]

"""The life of an appointment."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.people import AT, START, Member, Municipality, join
from varn.areas.organisation import actions, queries
from varn.areas.organisation.models import Appointment, HandoverItem, Person
from varn.areas.organisation.rules.handover import ITEMS, HandoverStatus, handover_status
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.models import Notice

SYSTEM = system_viewer(at=AT, job="test")
TODAY = AT.date()


@pytest.fixture
def gun(municipality: Municipality) -> Person:
    return actions.create_person(
        employee_id="gun", name="Gun Granlund", unit=municipality.units["21"], from_date=START, by=SYSTEM, at=AT
    )


def _propose(
    municipality: Municipality, person: Person, *, by: Viewer = SYSTEM, at: datetime = AT, **values
) -> Appointment:
    function = values.pop("function", "security_representative")
    codes = values.pop("units", ["211"])
    said = {"from_date": START, "share": Decimal("0.1"), "appointed_by": "Enhetschefen"} | values
    return actions.propose_appointment(
        person=person,
        function=municipality.functions[function],
        units=[municipality.units[code] for code in codes],
        by=by,
        at=at,
        **said,
    )


def _refusal(call, **values) -> str:
    with pytest.raises(Refused) as refused:
        call(**values)
    return refused.value.refusal.key.removeprefix("organisation:refusal.")


def test_an_accepted_appointment_whose_day_has_come_is_active_at_once(municipality, gun) -> None:
    appointment = _propose(municipality, gun)
    assert (appointment.state, appointment.reference) == ("proposed", "FORD-2022-0001")
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    assert Appointment.objects.get().state == "active"


def test_an_appointment_to_come_waits_for_its_day(municipality, gun) -> None:
    appointment = _propose(municipality, gun, from_date=TODAY + timedelta(days=1))
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    assert appointment.state == "accepted"
    assert _refusal(actions.activate_appointment, appointment=appointment, by=SYSTEM, at=AT) == "not_begun"


def test_more_than_full_time_is_said_once_and_then_meant(municipality, gun) -> None:
    _propose(municipality, gun, share=Decimal("0.8"))
    with pytest.raises(Refused) as refused:
        _propose(municipality, gun, units=["212"], share=Decimal("0.3"))
    assert refused.value.refusal.values == {"person": "Gun Granlund", "percent": 110}
    assert _propose(municipality, gun, units=["212"], share=Decimal("0.3"), is_confirmed=True).pk


def test_shares_that_do_not_overlap_are_not_added(municipality, gun) -> None:
    _propose(municipality, gun, share=Decimal(1), until_date=date(2021, 1, 1))
    assert _propose(municipality, gun, units=["212"], share=Decimal(1), from_date=date(2021, 1, 1)).pk


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"units": []}, "no_unit"),
        ({"until_date": START}, "ends_before_it_begins"),
        ({"from_date": date(2019, 1, 1)}, "unit_not_standing"),
    ],
)
def test_a_proposal_that_cannot_hold_is_refused_with_its_reason(municipality, gun, values, reason) -> None:
    assert _refusal(_propose, municipality=municipality, person=gun, **values) == reason


def test_nobody_is_their_own_deputy(municipality, gun) -> None:
    assert _refusal(_propose, municipality=municipality, person=gun, deputy=gun) == "own_deputy"


def test_a_supplied_person_needs_an_agreement_and_named_departments(municipality, gun) -> None:
    company = municipality.units["40"]
    said = {"municipality": municipality, "person": gun, "employer": company}
    assert _refusal(_propose, units=["21"], **said) == "no_agreement"
    assert _refusal(_propose, units=["20"], agreement="KS 2021-1028", **said) == "supplied_too_wide"
    assert _propose(municipality, gun, units=["21"], employer=company, agreement="KS 2021-1028").pk


def test_the_same_function_in_the_same_unit_is_not_given_twice(municipality, gun) -> None:
    _propose(municipality, gun)
    assert _refusal(_propose, municipality=municipality, person=gun) == "already_appointed"


def test_nobody_accepts_their_own_appointment(municipality, cecilia_head_of_department: Member) -> None:
    appointment = _propose(municipality, cecilia_head_of_department.person, units=["311"], is_confirmed=True)
    viewer = cecilia_head_of_department.viewer
    assert _refusal(actions.accept_appointment, appointment=appointment, by=viewer, at=AT) == "own_appointment"


def test_a_manager_accepts_only_when_every_unit_is_theirs(municipality, gun, cecilia_head_of_department) -> None:
    both = _propose(municipality, gun, function="security_coordinator", units=["21", "31"])
    own = _propose(municipality, gun, function="security_coordinator", units=["311"])
    viewer = cecilia_head_of_department.viewer
    assert both in Appointment.objects.visible_to(viewer)
    with pytest.raises(PermissionDenied):
        actions.accept_appointment(appointment=both, by=viewer, at=AT)
    actions.accept_appointment(appointment=own, by=viewer, at=AT)
    assert own.state == "active"


def test_a_coordinator_proposes_only_in_their_own_department(municipality, gun, bo_coordinator: Member) -> None:
    assert _propose(municipality, gun, by=bo_coordinator.viewer).pk
    with pytest.raises(PermissionDenied):
        _propose(municipality, gun, units=["311"], by=bo_coordinator.viewer)


def test_a_change_from_a_day_leaves_the_days_before_as_they_were(municipality, gun) -> None:
    appointment = _propose(municipality, gun, units=["211"], share=Decimal("0.5"))
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    actions.change_appointment(
        appointment=appointment,
        effective_date=TODAY,
        from_date=START,
        until_date=None,
        share=Decimal("0.2"),
        deputy=None,
        units=[municipality.units["212"]],
        by=SYSTEM,
        at=AT,
    )
    rows = [(row.unit.code, row.share, row.until_date) for row in queries.placements_of(appointment, viewer=SYSTEM)]
    assert rows == [("211", Decimal("0.5"), TODAY), ("212", Decimal("0.2"), None)]
    assert Appointment.objects.get().share == Decimal("0.2")


def test_a_change_to_come_shows_todays_share_until_then(municipality, gun) -> None:
    appointment = _propose(municipality, gun, share=Decimal("0.5"))
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    actions.change_appointment(
        appointment=appointment,
        effective_date=TODAY + timedelta(days=10),
        from_date=START,
        until_date=None,
        share=Decimal("0.2"),
        deputy=None,
        units=[municipality.units["211"]],
        by=SYSTEM,
        at=AT,
    )
    assert appointment.share == Decimal("0.5")
    later = AT + timedelta(days=10)
    actions.bring_appointment_up_to_date(appointment=appointment, by=system_viewer(at=later, job="test"), at=later)
    assert Appointment.objects.get().share == Decimal("0.2")


def test_the_first_day_stays_once_it_has_come(municipality, gun) -> None:
    appointment = _propose(municipality, gun)
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    reason = _refusal(
        actions.change_appointment,
        appointment=appointment,
        effective_date=TODAY,
        from_date=date(2021, 1, 1),
        until_date=None,
        share=Decimal("0.1"),
        deputy=None,
        units=[municipality.units["211"]],
        by=SYSTEM,
        at=AT,
    )
    assert reason == "has_begun"


def test_an_announced_ending_brings_the_list_of_what_to_hand_over(municipality, gun) -> None:
    appointment = _propose(municipality, gun)
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    until = TODAY + timedelta(days=30)
    actions.announce_ending(appointment=appointment, until_date=until, by=SYSTEM, at=AT)
    assert (appointment.state, appointment.until_date) == ("ending", until)
    assert [row.until_date for row in appointment.placements.all()] == [until]
    assert [item.key for item in appointment.handover.all()] == list(ITEMS)


def test_an_appointment_ends_when_its_last_day_has_passed_and_not_before(municipality, gun) -> None:
    appointment = _propose(municipality, gun)
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    until = TODAY + timedelta(days=30)
    actions.announce_ending(appointment=appointment, until_date=until, by=SYSTEM, at=AT)
    assert _refusal(actions.end_appointment, appointment=appointment, by=SYSTEM, at=AT) == "not_over"
    later = AT + timedelta(days=30)
    actions.end_appointment(appointment=appointment, by=system_viewer(at=later, job="test"), at=later)
    assert Appointment.objects.get().state == "ended"


def test_an_ended_appointment_has_lost_its_rights_in_the_same_second(municipality, bo_coordinator: Member) -> None:
    appointment = bo_coordinator.person.appointments.get()
    assert bo_coordinator.viewer.scopes
    actions.announce_ending(appointment=appointment, until_date=TODAY, by=SYSTEM, at=AT)
    assert appointment.state == "ended"
    assert bo_coordinator.viewer.scopes == ()


def test_a_last_day_to_come_ends_the_rights_at_midnight_without_anyone_doing_anything(
    municipality, bo_coordinator: Member
) -> None:
    appointment = bo_coordinator.person.appointments.get()
    actions.announce_ending(appointment=appointment, until_date=TODAY + timedelta(days=1), by=SYSTEM, at=AT)
    midnight = AT.replace(hour=0, minute=0) + timedelta(days=1)
    assert bo_coordinator.viewer_at(midnight - timedelta(seconds=1)).scopes
    assert bo_coordinator.viewer_at(midnight).scopes == ()


def test_the_holder_of_an_office_has_the_rights_of_the_offices_appointments(
    municipality, david_chief_executive
) -> None:
    office = queries.offices_named("kommundirektören").get()
    actions.appoint_all(
        rows=[
            actions.NewAppointment(
                office=office,
                function=municipality.functions["head_of_department"],
                units=[municipality.units["11"]],
                from_date=START,
                appointed_by="Kommunstyrelsen",
            )
        ],
        by=SYSTEM,
        at=AT,
    )
    assert {scope.unit_id for scope in david_chief_executive.viewer.scopes} == {
        municipality.units["1"].pk,
        municipality.units["11"].pk,
    }


def test_a_hand_over_is_complete_when_every_item_is_done(municipality, gun) -> None:
    appointment = _propose(municipality, gun)
    item = actions.add_handover_item(appointment=appointment, text="Nyckel till förrådet", by=SYSTEM, at=AT)
    assert handover_status([]) == HandoverStatus.NOT_BEGUN
    assert handover_status(row.done_at is not None for row in appointment.handover.all()) == HandoverStatus.INCOMPLETE
    actions.complete_handover_item(item=item, is_done=True, by=SYSTEM, at=AT)
    item = HandoverItem.objects.get()
    assert (item.done_at, item.done_by) == (AT, "test")
    assert handover_status(row.done_at is not None for row in appointment.handover.all()) == HandoverStatus.COMPLETE


def test_the_history_tells_what_is_to_be_handed_over_only_to_those_who_read_the_list(
    municipality, bo_coordinator: Member
) -> None:
    iris = join("Iris Isaksson", municipality, "security_representative", "21")
    appointment = bo_coordinator.person.appointments.get()
    item = actions.add_handover_item(appointment=appointment, text="Nyckel till förrådet", by=SYSTEM, at=AT)
    actions.complete_handover_item(item=item, is_done=True, by=SYSTEM, at=AT)
    told = [
        [entry.verb for entry in history_of(appointment, viewer=who.viewer) if "handover" in entry.verb]
        for who in (bo_coordinator, iris)
    ]
    assert [len(verbs) for verbs in told] == [2, 0]
    assert queries.appointments(viewer=iris.viewer).filter(pk=appointment.pk).exists()


def test_a_successor_is_shown_whom_they_take_over_from(municipality, gun, bo_coordinator: Member) -> None:
    first = bo_coordinator.person.appointments.get()
    actions.announce_ending(appointment=first, until_date=date(2022, 6, 1), by=SYSTEM, at=AT)
    second = _propose(municipality, gun, function="security_coordinator", units=["21"], from_date=date(2022, 6, 1))
    assert queries.predecessors_of(second, viewer=SYSTEM) == [(first, True)]


def test_leaving_is_refused_while_appointments_would_be_left_unless_they_end_too(municipality, bo_coordinator) -> None:
    person = bo_coordinator.person
    until = TODAY + timedelta(days=20)
    said = {"person": person, "until_date": until, "by": SYSTEM, "at": AT}
    assert _refusal(actions.leave_person, **said) == "leaves_appointments"
    actions.leave_person(**said, ends_appointments=True)
    assert person.appointments.get().until_date == until
    assert Person.objects.get(pk=person.pk).until_date == until


def test_one_account_is_one_person(municipality, gun, bo_coordinator: Member) -> None:
    reason = _refusal(actions.link_account, person=gun, account=bo_coordinator.account, by=SYSTEM, at=AT)
    assert reason == "account_taken"


def test_a_coordinator_cannot_give_an_account_to_anyone(municipality, gun, bo_coordinator: Member) -> None:
    with pytest.raises(PermissionDenied):
        actions.link_account(person=gun, account=None, by=bo_coordinator.viewer, at=AT)


def test_a_batch_of_appointments_stands_in_the_states_of_its_days(municipality, gun) -> None:
    rows = [
        actions.NewAppointment(
            person=gun,
            function=municipality.functions["security_representative"],
            units=[municipality.units[code]],
            from_date=start,
            until_date=end,
            appointed_by="x",
        )
        for code, start, end in (
            ("211", START, date(2021, 1, 1)),
            ("211", date(2021, 1, 1), None),
            ("212", date(2023, 1, 1), None),
        )
    ]
    made = actions.appoint_all(rows=rows, by=SYSTEM, at=AT)
    assert [one.state for one in made] == ["ended", "active", "accepted"]
    assert [one.reference[-4:] for one in made] == ["0001", "0002", "0003"]


@pytest.fixture
def ending(municipality, gun) -> Appointment:
    """An appointment whose last day is announced, thirty days from today."""
    appointment = _propose(municipality, gun)
    actions.accept_appointment(appointment=appointment, by=SYSTEM, at=AT)
    until = TODAY + timedelta(days=30)
    return actions.announce_ending(appointment=appointment, until_date=until, by=SYSTEM, at=AT)


@pytest.mark.parametrize("days", [1, 10, 400])
def test_an_announced_last_day_can_be_moved_with_a_reason(ending: Appointment, days: int) -> None:
    until = TODAY + timedelta(days=days)
    actions.announce_ending(appointment=ending, until_date=until, reason="Ny överenskommelse", by=SYSTEM, at=AT)
    assert (ending.state, ending.until_date) == ("ending", until)
    assert [row.until_date for row in ending.placements.all()] == [until]
    assert ending.handover.count() == len(ITEMS)
    assert "Ny överenskommelse" in {entry.reason for entry in history_of(ending, viewer=SYSTEM)}


def test_an_announced_last_day_is_not_moved_without_a_reason_nor_into_the_past(ending: Appointment) -> None:
    said = {"appointment": ending, "by": SYSTEM, "at": AT}
    with pytest.raises(Refused) as refused:
        actions.announce_ending(**said, until_date=TODAY + timedelta(days=9))
    assert refused.value.refusal.key == "moves:refusal.reason_missing"
    assert _refusal(actions.announce_ending, **said, until_date=TODAY, reason="x") == "ends_before_today"


def test_those_who_answer_for_an_appointment_hear_that_its_last_day_is_moved(
    ending: Appointment, anna_head_of_security: Member
) -> None:
    until = TODAY + timedelta(days=9)
    actions.announce_ending(appointment=ending, until_date=until, reason="x", by=SYSTEM, at=AT)
    kinds = Notice.objects.filter(account=anna_head_of_security.account).values_list("kind", flat=True)
    assert "organisation:notice.ending_moved" in kinds
    assert ending.warned_of == until


def test_a_last_day_is_not_moved_past_a_successors_first(municipality, gun, ending: Appointment) -> None:
    _propose(municipality, gun, from_date=TODAY + timedelta(days=60))
    until = TODAY + timedelta(days=90)
    said = {"appointment": ending, "until_date": until, "reason": "x", "by": SYSTEM, "at": AT}
    assert _refusal(actions.announce_ending, **said) == "already_appointed"


def test_a_batch_is_judged_as_proposals_are(municipality, gun) -> None:
    row = actions.NewAppointment(
        person=gun,
        function=municipality.functions["security_representative"],
        units=[municipality.units["211"]],
        from_date=START,
        appointed_by="x",
    )
    assert _refusal(actions.appoint_all, rows=[row, row], by=SYSTEM, at=AT) == "already_appointed"
    early = replace(row, from_date=date(2019, 1, 1))
    assert _refusal(actions.appoint_all, rows=[early], by=SYSTEM, at=AT) == "unit_not_standing"


def test_a_person_does_not_leave_before_they_come(municipality) -> None:
    said = {"employee_id": "x", "name": "x", "unit": municipality.units["21"], "by": SYSTEM, "at": AT}
    assert _refusal(actions.create_person, **said, from_date=START, until_date=START) == "ends_before_it_begins"

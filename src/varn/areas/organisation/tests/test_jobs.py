"""What happens by itself when a day comes."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.people import AT, START, Member, Municipality, appoint
from varn.areas.organisation import actions, jobs
from varn.areas.organisation.models import Appointment, Person, Unit
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.notices.models import Notice


def _system(at: datetime) -> Viewer:
    return system_viewer(at=at, job="test")


def _latest_verb() -> str:
    return Entry.objects.latest("pk").verb


def _gun(municipality: Municipality) -> Person:
    return Person.objects.create(employee_id="gun", name="Gun Granlund", sort_name="granlund gun", from_date=START)


def _accepted(municipality: Municipality, *, from_date: date, until_date: date | None = None) -> Appointment:
    appointment = actions.propose_appointment(
        person=_gun(municipality),
        function=municipality.functions["security_coordinator"],
        units=[municipality.units["21"]],
        from_date=from_date,
        until_date=until_date,
        appointed_by="Förvaltningschefen",
        by=_system(AT),
        at=AT,
    )
    return actions.accept_appointment(appointment=appointment, by=_system(AT), at=AT)


def test_an_appointment_begins_on_its_day_and_ends_after_its_last(municipality: Municipality) -> None:
    day = AT.date()
    _accepted(municipality, from_date=day + timedelta(days=1), until_date=day + timedelta(days=3))
    states = []
    for days in range(4):
        at = AT + timedelta(days=days)
        jobs.follow_the_calendar(by=_system(at), at=at)
        states.append(Appointment.objects.get().state)
    assert states == ["accepted", "active", "active", "ended"]


def test_days_that_were_missed_are_caught_up_with(municipality: Municipality) -> None:
    day = AT.date()
    _accepted(municipality, from_date=day + timedelta(days=1), until_date=day + timedelta(days=3))
    later = AT + timedelta(days=30)
    jobs.follow_the_calendar(by=_system(later), at=later)
    assert Appointment.objects.get().state == "ended"


def test_a_day_on_which_nothing_begins_leaves_no_trace(municipality: Municipality) -> None:
    before = Entry.objects.count()
    assert jobs.follow_the_calendar(by=_system(AT), at=AT) == 0
    assert Entry.objects.count() == before


def test_a_new_name_stands_on_its_day(municipality: Municipality) -> None:
    unit = municipality.units["21"]
    actions.rename_unit(unit=unit, name="Omsorgen", from_date=AT.date() + timedelta(days=2), by=_system(AT), at=AT)
    later = AT + timedelta(days=2)
    assert jobs.follow_the_calendar(by=_system(later), at=later) == 1
    assert Unit.objects.get(pk=unit.pk).name == "Omsorgen"
    assert _latest_verb() == "organisation:unit:bring_up_to_date"
    assert jobs.follow_the_calendar(by=_system(later), at=later) == 0


def test_a_changed_share_is_brought_up_however_long_nothing_has_run(municipality: Municipality) -> None:
    appointment = _accepted(municipality, from_date=AT.date())
    actions.change_appointment(
        appointment=appointment,
        effective_date=AT.date() + timedelta(days=2),
        from_date=appointment.from_date,
        until_date=None,
        share=Decimal("0.5"),
        deputy=None,
        units=[municipality.units["21"], municipality.units["211"]],
        by=_system(AT),
        at=AT,
    )
    later = AT + timedelta(days=800)
    assert jobs.follow_the_calendar(by=_system(later), at=later) == 1
    assert Appointment.objects.get().share == Decimal("0.5")
    assert _latest_verb() == "organisation:appointment:bring_up_to_date"
    assert jobs.follow_the_calendar(by=_system(later), at=later) == 0


def test_managers_and_the_strategic_level_are_told_of_an_ending_once(
    municipality: Municipality, anna_head_of_security: Member, cecilia_head_of_department: Member
) -> None:
    appointment = appoint(
        _gun(municipality),
        municipality.functions["security_coordinator"],
        municipality.units["31"],
        until_date=AT.date() + timedelta(days=80),
    )
    assert jobs.warn_of_endings(by=_system(AT), at=AT) == 1
    assert jobs.warn_of_endings(by=_system(AT), at=AT) == 0
    told = set(Notice.objects.filter(kind="organisation:notice.ending").values_list("account", flat=True))
    assert told == {anna_head_of_security.account.pk, cecilia_head_of_department.account.pk}
    assert appointment.handover.exists()
    assert _latest_verb() == "organisation:appointment:warn_of_ending"


def test_nobody_is_told_of_an_ending_beyond_the_window(municipality: Municipality) -> None:
    appoint(
        _gun(municipality),
        municipality.functions["security_coordinator"],
        municipality.units["31"],
        until_date=AT.date() + timedelta(days=92),
    )
    assert jobs.warn_of_endings(by=_system(AT), at=AT) == 0


def test_those_who_may_accept_know_of_a_proposal(municipality: Municipality, anna_head_of_security: Member) -> None:
    _accepted(municipality, from_date=AT.date())
    told = Notice.objects.get(kind="organisation:notice.proposed")
    assert told.account == anna_head_of_security.account

from datetime import date, datetime, timedelta

import pytest

from tests.people import AT, Member, Municipality, appoint
from varn.areas.organisation.models import Appointment, AppointmentUnit, Person, Unit
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import system_viewer


def _codes_within(member: Member, at: datetime = AT) -> set[str]:
    appointments = Appointment.objects.visible_to(member.viewer_at(at))
    return set(appointments.values_list("units__code", flat=True))


@pytest.fixture
def representatives(municipality: Municipality) -> dict[str, Appointment]:
    """One security representative in each unit at the bottom of the tree."""
    made = {}
    for code in ("11", "211", "212", "311", "40"):
        unit = municipality.units[code]
        person = Person.objects.create(
            employee_id=f"rep-{code}", name=f"Ombud {code}", sort_name=code, from_date=date(2020, 1, 1), unit=unit
        )
        made[code] = appoint(person, municipality.functions["security_representative"], unit)
    return made


def test_a_coordinator_sees_the_department_and_all_below_it(bo_coordinator: Member, representatives: object) -> None:
    assert _codes_within(bo_coordinator) == {"21", "211", "212"}


def test_a_head_of_department_sees_nothing_of_another_department(
    cecilia_head_of_department: Member, bo_coordinator: Member, representatives: object
) -> None:
    assert _codes_within(cecilia_head_of_department) == {"31", "311"}


def test_the_strategic_level_sees_past_the_border_of_every_committee(
    anna_head_of_security: Member, representatives: object
) -> None:
    assert _codes_within(anna_head_of_security) == {"1", "11", "211", "212", "311", "40"}


def test_a_scope_at_the_top_without_overview_stops_at_the_committees(
    municipality: Municipality, bo_coordinator: Member, representatives: object
) -> None:
    AppointmentUnit.objects.filter(appointment__person=bo_coordinator.person).update(unit=municipality.units["1"])
    assert _codes_within(bo_coordinator) == {"1"}


def test_the_administrator_sees_no_content(frida_administrator: Member, representatives: object) -> None:
    assert _codes_within(frida_administrator) == set()
    assert not Person.objects.visible_to(frida_administrator.viewer).exists()


def test_a_right_ends_the_day_the_appointment_ends(bo_coordinator: Member, representatives: object) -> None:
    Appointment.objects.filter(person=bo_coordinator.person).update(until_date=AT.date())
    assert _codes_within(bo_coordinator, AT - timedelta(days=1)) == {"21", "211", "212"}
    assert _codes_within(bo_coordinator, AT) == set()
    assert not bo_coordinator.viewer.may(Permission.READ_APPOINTMENTS)


def test_a_right_ends_when_the_person_leaves(bo_coordinator: Member) -> None:
    Person.objects.filter(pk=bo_coordinator.person.pk).update(until_date=AT.date())
    assert bo_coordinator.viewer.scopes == ()


def test_a_right_on_a_row_is_asked_with_its_own_permission(
    bo_coordinator: Member, representatives: dict[str, Appointment]
) -> None:
    own, other = representatives["211"], representatives["311"]
    assert may(bo_coordinator.viewer, Permission.PROPOSE, own)
    assert not may(bo_coordinator.viewer, Permission.ACCEPT, own)
    assert not may(bo_coordinator.viewer, Permission.PROPOSE, other)


def test_an_open_register_is_read_by_everyone_with_a_function(bo_coordinator: Member) -> None:
    assert Unit.objects.visible_to(bo_coordinator.viewer).count() == Unit.objects.count()


def test_a_job_sees_every_row(representatives: dict[str, Appointment]) -> None:
    viewer = system_viewer(at=AT, job="test")
    assert Appointment.objects.visible_to(viewer).count() == len(representatives)

"""What the stranger must not see: each committee is an authority of its own."""

from datetime import date

import pytest

from tests.people import AT, START, Member, Municipality, appoint
from varn.areas.organisation import queries
from varn.areas.organisation.models import Appointment, Person
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.viewer import system_viewer

SYSTEM = system_viewer(at=AT, job="test")
DAY = AT.date()


@pytest.fixture
def hugo(municipality: Municipality) -> Person:
    """Works in Ängskolan, which is Cecilia's and not Bo's."""
    person = Person.objects.create(
        employee_id="hugo", name="Hugo Hed", sort_name="hed hugo", from_date=START, unit=municipality.units["311"]
    )
    appoint(person, municipality.functions["security_representative"], municipality.units["311"])
    return person


def test_a_coordinator_sees_their_own_departments_people_and_no_others(
    bo_coordinator: Member, cecilia_head_of_department: Member, hugo: Person
) -> None:
    assert list(queries.people(viewer=bo_coordinator.viewer)) == [bo_coordinator.person]
    assert set(queries.people(viewer=cecilia_head_of_department.viewer)) == {cecilia_head_of_department.person, hugo}


def test_a_coordinator_sees_their_own_departments_appointments_and_no_others(
    bo_coordinator: Member, hugo: Person
) -> None:
    seen = queries.appointments(viewer=bo_coordinator.viewer)
    assert [one.person for one in seen] == [bo_coordinator.person]


def test_the_name_of_a_person_beyond_reach_finds_nobody(bo_coordinator: Member, hugo: Person) -> None:
    assert not queries.people_named("Hugo Hed", viewer=bo_coordinator.viewer).exists()
    assert queries.people_named("Hed, Hugo", viewer=SYSTEM).get() == hugo


def test_nothing_is_said_of_who_supports_a_unit_beyond_reach(
    municipality: Municipality, bo_coordinator: Member, hugo: Person
) -> None:
    assert queries.support_of(municipality.units["311"], DAY, viewer=bo_coordinator.viewer) == {}
    assert queries.coverage_of([municipality.units["311"].pk], DAY, bo_coordinator.viewer) == {}


def test_the_strategic_level_is_shown_as_support_without_its_appointment_being_open(
    municipality: Municipality, bo_coordinator: Member, anna_head_of_security: Member
) -> None:
    support = queries.support_of(municipality.units["21"], DAY, viewer=bo_coordinator.viewer)
    names = {tier: [(one.appointment.person.name, one.can_open) for one in rows] for tier, rows in support.items()}
    assert names == {"strategic": [("Anna Ahlberg", False)], "tactical": [("Bo Berglund", True)]}


def test_who_supported_a_department_on_an_earlier_day_is_another_answer_than_today(
    municipality: Municipality, anna_head_of_security: Member, hugo: Person
) -> None:
    appoint(hugo, municipality.functions["security_coordinator"], municipality.units["21"], until_date=date(2021, 1, 1))
    viewer = anna_head_of_security.viewer
    then = queries.support_of(municipality.units["21"], date(2020, 6, 1), viewer=viewer)
    assert [one.appointment.person for one in then["tactical"]] == [hugo]
    assert "tactical" not in queries.support_of(municipality.units["21"], DAY, viewer=viewer)


def test_the_administrator_of_the_installation_sees_no_person(frida_administrator: Member, hugo: Person) -> None:
    assert not queries.people(viewer=frida_administrator.viewer).exists()
    assert not queries.appointments(viewer=frida_administrator.viewer).exists()


def test_a_person_appears_once_in_a_list_however_many_appointments_they_have(
    municipality: Municipality, cecilia_head_of_department: Member, hugo: Person
) -> None:
    appoint(hugo, municipality.functions["security_coordinator"], municipality.units["31"])
    assert queries.people(viewer=cecilia_head_of_department.viewer).filter(pk=hugo.pk).count() == 1


def test_the_holder_of_an_office_is_whoever_is_appointed_on_the_day(
    municipality: Municipality, david_chief_executive: Member
) -> None:
    office = queries.offices_named("Kommundirektörens").get()
    assert queries.holder_of(office, DAY, viewer=SYSTEM) == david_chief_executive.person
    assert queries.holder_of(office, date(2019, 1, 1), viewer=SYSTEM) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Socialnämndens", "20"),
        ("socialförvaltning", "21"),
        ("Ekby Fastigheter", "40"),
        ("Ängskolan", "311"),
        ("Hemtjänsten", None),
        ("", None),
    ],
)
def test_a_unit_is_found_by_the_name_that_somebody_wrote(
    municipality: Municipality, words: str, code: str | None
) -> None:
    assert getattr(queries.find_unit(words, DAY), "code", None) == code


def test_those_to_notify_are_the_accounts_whose_appointments_reach_the_unit(
    municipality: Municipality,
    anna_head_of_security: Member,
    bo_coordinator: Member,
    cecilia_head_of_department: Member,
) -> None:
    told = queries.account_ids_appointed([municipality.units["211"]], DAY, permission=Permission.ACCEPT)
    assert told == {anna_head_of_security.account.pk}
    told = queries.account_ids_appointed([municipality.units["211"]], DAY, functions=["security_coordinator"])
    assert told == {bo_coordinator.account.pk}


def test_an_appointment_is_seen_also_by_the_manager_of_one_of_its_units(
    municipality: Municipality, bo_coordinator: Member, hugo: Person
) -> None:
    appointment = Appointment.objects.get(person=hugo)
    assert appointment not in Appointment.objects.visible_to(bo_coordinator.viewer)


@pytest.mark.parametrize("state", ["proposed", "declined", "withdrawn"])
def test_what_never_came_to_be_shows_nobody_the_person(
    municipality: Municipality, bo_coordinator: Member, hugo: Person, state: str
) -> None:
    one = appoint(hugo, municipality.functions["security_representative"], municipality.units["211"])
    assert hugo in queries.people(viewer=bo_coordinator.viewer)
    Appointment.objects.filter(pk=one.pk).update(state=state)
    assert hugo not in queries.people(viewer=bo_coordinator.viewer)


def test_a_person_whose_appointment_has_ended_is_named_there_and_nowhere_else(
    municipality: Municipality, bo_coordinator: Member, hugo: Person
) -> None:
    function, unit = municipality.functions["security_representative"], municipality.units["211"]
    one = appoint(hugo, function, unit, until_date=AT.date())
    assert one in queries.appointments(viewer=bo_coordinator.viewer)
    assert hugo not in queries.people(viewer=bo_coordinator.viewer)

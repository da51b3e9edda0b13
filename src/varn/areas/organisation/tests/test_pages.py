"""The pages: each answers, each form does its deed, and the stranger finds nothing."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.people import START, Member, Municipality, appoint
from varn.areas.organisation import actions
from varn.areas.organisation.models import (
    Appointment,
    Function,
    HandoverItem,
    Office,
    Person,
    Requirement,
    Unit,
)
from varn.mechanisms.access.viewer import system_viewer

LISTS = ("coverage", "gap-list", "unit-list", "unit-tree", "person-list", "function-list", "requirement-list",
         "office-list", "appointment-list")  # fmt: skip
MOST_STATEMENTS = 12


def _client(member: Member) -> Client:
    client = Client(headers={"accept-language": "sv"})
    client.force_login(member.account)
    return client


@pytest.fixture
def anna(anna_head_of_security: Member) -> Client:
    return _client(anna_head_of_security)


@pytest.fixture
def bo(bo_coordinator: Member) -> Client:
    return _client(bo_coordinator)


@pytest.fixture
def hugo(municipality: Municipality) -> Person:
    """Works in Ängskolan, which is Cecilia's and not Bo's."""
    person = Person.objects.create(
        employee_id="hugo", name="Hugo Hed", sort_name="hed hugo", from_date=START, unit=municipality.units["311"]
    )
    appoint(person, municipality.functions["security_representative"], municipality.units["311"])
    return person


@pytest.fixture
def required(municipality: Municipality) -> None:
    now = timezone.now()
    actions.seed_requirements(from_date=START, by=system_viewer(at=now, job="test"), at=now)


def _text(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_list_answers_in_both_languages_within_its_statements(
    name: str, language: str, anna: Client, required: None, hugo: Person
) -> None:
    anna.get(reverse(f"organisation:{name}"))
    with CaptureQueriesContext(connection) as statements:
        response = anna.get(reverse(f"organisation:{name}"), headers={"accept-language": language})
    assert response.status_code == 200
    assert len(statements) <= MOST_STATEMENTS, [each["sql"][:150] for each in statements]


@pytest.mark.parametrize("name", ["coverage", "gap-list", "unit-list", "person-list", "appointment-list"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_list_can_be_taken_out(name: str, file_format: str, anna: Client, required: None, hugo: Person) -> None:
    response = anna.get(reverse(f"organisation:{name}"), {"format": file_format})
    assert response.status_code == 200
    assert f".{file_format}" in response["Content-Disposition"]


@pytest.mark.parametrize("name", ["person-list", "appointment-list", "coverage", "gap-list"])
@pytest.mark.parametrize("query", [{}, {"format": "csv"}, {"q": "Hugo"}])
def test_the_strangers_people_and_units_stand_in_no_list_of_bos(
    name: str, query: dict, bo: Client, required: None, hugo: Person
) -> None:
    told = _text(bo.get(reverse(f"organisation:{name}"), query))
    assert "Hed" not in told
    assert "Ängskolan" not in told
    assert "Bildningsförvaltningen" not in told


def test_the_strangers_person_and_appointment_do_not_exist_for_bo(bo: Client, hugo: Person) -> None:
    appointment = Appointment.objects.get(person=hugo)
    for address in (
        reverse("organisation:person-detail", args=[hugo.pk]),
        reverse("organisation:appointment-detail", args=[appointment.reference]),
        reverse("organisation:appointment-handover", args=[appointment.reference]),
        reverse("organisation:appointment-accept", args=[appointment.reference]),
    ):
        assert bo.get(address).status_code == 404


def test_nobody_beyond_reach_is_suggested(bo: Client, hugo: Person) -> None:
    assert "Hugo" not in _text(bo.get(reverse("organisation:person-suggest"), {"person": "Hugo"}))
    assert "Bo Berglund" in _text(bo.get(reverse("organisation:person-suggest"), {"person": "Bergl"}))


def test_search_finds_nobody_beyond_reach(bo: Client, anna: Client, municipality: Municipality) -> None:
    now = timezone.now()
    actions.create_person(
        employee_id="ida",
        name="Ida Isberg",
        unit=municipality.units["311"],
        from_date=START,
        by=system_viewer(at=now, job="test"),
        at=now,
    )
    address = reverse("search:results")
    page = reverse("organisation:person-detail", args=[Person.objects.get(employee_id="ida").pk])
    assert page in _text(anna.get(address, {"q": "Isberg"}))
    assert page not in _text(bo.get(address, {"q": "Isberg"}))


def test_the_units_page_says_nothing_of_who_works_beyond_reach(
    bo: Client, municipality: Municipality, hugo: Person, required: None
) -> None:
    response = bo.get(reverse("organisation:unit-detail", args=[municipality.units["311"].pk]))
    assert response.status_code == 200
    assert "Hugo" not in _text(response)


def test_one_page_tells_who_supports_a_department_today_and_on_an_earlier_day(
    anna: Client, bo_coordinator: Member, municipality: Municipality, hugo: Person
) -> None:
    appointment = bo_coordinator.person.appointments.get()
    appointment.placements.update(from_date=date(2022, 6, 1))
    Appointment.objects.filter(pk=appointment.pk).update(from_date=date(2022, 6, 1))
    appoint(
        hugo,
        municipality.functions["security_coordinator"],
        municipality.units["21"],
        until_date=date(2022, 6, 1),
    )
    address = reverse("organisation:unit-detail", args=[municipality.units["21"].pk])
    today, then = _text(anna.get(address)), _text(anna.get(address, {"day": "2022-03-01"}))
    assert "Bo Berglund" in today
    assert "Hugo Hed" not in today
    assert "Hugo Hed" in then
    assert "Bo Berglund" not in then


def test_the_matrix_sums_up_the_levels_below(anna: Client, required: None, hugo: Person) -> None:
    told = _text(anna.get(reverse("organisation:coverage")))
    assert "1 av 1" in told
    assert "0 av 2" in told


def test_the_matrix_of_one_committee_holds_its_departments_only(
    anna: Client, municipality: Municipality, required: None
) -> None:
    told = _text(anna.get(reverse("organisation:coverage"), {"committee": municipality.units["20"].pk}))
    table = told.partition("<tbody>")[2]
    assert "Socialförvaltningen" in table
    assert "Bildningsförvaltningen" not in table


@pytest.mark.parametrize("query", [{"day": "x"}, {"page": "x"}, {"page": "99999"}, {"under": "-1"}])
def test_an_address_that_cannot_be_read_does_not_exist(anna: Client, query: dict, municipality: Municipality) -> None:
    assert anna.get(reverse("organisation:coverage"), query).status_code == 404


def test_gaps_go_on_page_by_page_without_losing_or_repeating_any(
    anna: Client, municipality: Municipality, required: None
) -> None:
    now = timezone.now()
    rows = [
        actions.NewUnit(code=f"x{number}", kind="unit", name=f"Enhet {number:03}", parent_code="21", from_date=START)
        for number in range(40)
    ]
    actions.create_units(rows=rows, by=system_viewer(at=now, job="test"), at=now)
    address, found = reverse("organisation:gap-list"), []
    query: dict = {"function": "security_representative"}
    while True:
        response = anna.get(address, query)
        found += [cell.unit.code for cell in response.context["rows"]]
        if not response.context["next"]:
            break
        query["after"] = response.context["next"]
    assert len(found) == len(set(found)) == 43


def _post(client: Client, name: str, data: dict, *args: object):
    response = client.post(reverse(f"organisation:{name}", args=args), data)
    assert response.status_code == 302, response.context and response.context["form"].errors
    return response


def test_a_unit_is_added_renamed_moved_and_closed_on_the_pages(anna: Client, municipality: Municipality) -> None:
    _post(
        anna,
        "unit-create",
        {
            "kind": "unit",
            "name": "Nattpatrullen",
            "code": "213",
            "parent": "Socialförvaltningen (21)",
            "from_date": "2022-01-01",
        },
    )
    unit = Unit.objects.get(code="213")
    _post(anna, "unit-rename", {"name": "Nattlaget", "from_date": "2022-05-01"}, unit.pk)
    _post(anna, "unit-move", {"parent": "31", "from_date": "2022-06-01"}, unit.pk)
    _post(anna, "unit-change", {"address": "Storgatan 1", "email": ""}, unit.pk)
    _post(anna, "unit-close", {"until_date": "2022-12-31"}, unit.pk)
    unit.refresh_from_db()
    assert (unit.name, unit.parent.code, unit.until_date) == ("Nattlaget", "31", date(2023, 1, 1))
    assert anna.get(reverse("organisation:unit-detail", args=[unit.pk])).status_code == 200


def test_a_refused_form_says_why_and_loses_nothing(anna: Client, municipality: Municipality) -> None:
    data = {"kind": "department", "name": "Ny", "code": "99", "parent": "211", "from_date": "2022-01-01"}
    response = anna.post(reverse("organisation:unit-create"), data)
    told = _text(response)
    assert "kan inte ligga under" in told
    assert 'value="99"' in told


def test_an_appointment_is_proposed_accepted_changed_and_ended_on_the_pages(
    anna: Client, municipality: Municipality, hugo: Person
) -> None:
    function = municipality.functions["security_coordinator"]
    today = timezone.localdate()
    data = {
        "person": "Hugo Hed (hugo)",
        "function": function.pk,
        "units": ["Socialförvaltningen (21)", "", "31"],
        "share": "0.5",
        "from_date": "2022-01-01",
        "appointed_by": "Säkerhetschefen",
        "is_confirmed": "on",
    }
    _post(anna, "appointment-propose", data)
    one = Appointment.objects.get(function=function, person=hugo)
    _post(anna, "appointment-accept", {"reason": ""}, one.reference)
    change = {
        "effective_date": str(today),
        "units": ["21"],
        "share": "0.4",
        "from_date": "2022-01-01",
        "is_confirmed": "on",
    }
    _post(anna, "appointment-change", change, one.reference)
    _post(anna, "appointment-announce_ending", {"until_date": str(today + timedelta(days=9))}, one.reference)
    _post(anna, "handover-add", {"text": "Larmlistan"}, one.reference)
    item = HandoverItem.objects.get(text="Larmlistan")
    _post(anna, "handover-complete", {"is_done": "1"}, one.reference, item.pk)
    one.refresh_from_db()
    assert (one.state, one.until_date) == ("ending", today + timedelta(days=10))
    for page in ("appointment-detail", "appointment-handover", "appointment-change", "appointment-end"):
        assert anna.get(reverse(f"organisation:{page}", args=[one.reference])).status_code == 200
    assert anna.get(reverse("organisation:person-detail", args=[hugo.pk])).status_code == 200


def test_a_person_is_added_changed_given_an_account_and_leaves_on_the_pages(
    anna: Client, municipality: Municipality, frida_administrator: Member
) -> None:
    data = {"employee_id": "7", "name": "Kim Ek", "unit": "21", "from_date": "2022-01-01"}
    _post(anna, "person-create", data)
    person = Person.objects.get(employee_id="7")
    _post(anna, "person-change", {"name": "Kim Ek", "unit": "211", "title": "Vikarie"}, person.pk)
    _post(anna, "person-link_account", {"account": frida_administrator.account.email}, person.pk)
    _post(anna, "person-leave", {"until_date": "2022-12-31"}, person.pk)
    person.refresh_from_db()
    assert (person.unit.code, person.account, person.until_date) == (
        "211",
        frida_administrator.account,
        date(2023, 1, 1),
    )


def test_functions_requirements_and_offices_are_kept_on_the_pages(anna: Client, municipality: Municipality) -> None:
    data = {
        "name_sv": "Brandombud",
        "name_en": "Fire warden",
        "tier": "operational",
        "role": "security_representative",
        "position": "70",
    }
    _post(anna, "function-create", data)
    function = Function.objects.get(key="fire_warden")
    _post(anna, "function-change", data | {"name_sv": "Brandskyddsombud"}, function.pk)
    _post(
        anna,
        "requirement-create",
        {"function": function.pk, "unit_kind": "unit", "minimum": "1", "from_date": "2022-01-01"},
    )
    row = Requirement.objects.get(function=function)
    _post(anna, "requirement-end", {"until_date": "2022-12-31"}, row.pk)
    _post(
        anna,
        "office-create",
        {"name": "Säkerhetschefen", "unit": "1", "function": municipality.functions["head_of_security"].pk},
    )
    office = Office.objects.get(name="Säkerhetschefen")
    _post(anna, "office-change", {"name": "Säkerhetschefen", "unit": "1", "function": function.pk}, office.pk)
    for name, pk in (("function", function.pk), ("requirement", row.pk), ("office", office.pk)):
        assert anna.get(reverse(f"organisation:{name}-detail", args=[pk])).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["unit-create", "person-create", "function-create", "requirement-create", "office-create", "appointment-propose"],
)
def test_a_form_page_answers(name: str, anna: Client, municipality: Municipality) -> None:
    query = {"unit": "21", "function": "security_coordinator"}
    assert anna.get(reverse(f"organisation:{name}"), query).status_code == 200


@pytest.mark.parametrize("name", ["unit-create", "function-create", "requirement-create", "office-create"])
def test_a_coordinator_cannot_reach_what_changes_the_structure(name: str, bo: Client) -> None:
    address = reverse(f"organisation:{name}")
    assert bo.get(address).status_code == 404
    assert bo.post(address, {}).status_code == 403

"""The pages: each answers, each form does its deed, and the stranger finds nothing."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import load_workbook

from tests.people import AT, START, Member, Municipality, appoint
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
from varn.mechanisms.access.models import Account
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


@pytest.mark.parametrize("name", [name for name in LISTS if name != "unit-tree"])
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
    assert "Hugo Hed" not in told
    assert "Ängskolan" not in told
    assert "Bildningsförvaltningen" not in told


def test_the_strangers_person_and_appointment_do_not_exist_for_bo(bo: Client, hugo: Person) -> None:
    appointment = Appointment.objects.get(person=hugo)
    for address in (
        reverse("organisation:person-detail", args=[hugo.pk]),
        reverse("organisation:appointment-detail", args=[appointment.reference]),
        reverse("overview:handover", args=[appointment.reference]),
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


def test_the_municipalitys_own_functions_stand_above_the_matrix_and_take_no_columns(
    anna: Client, required: None
) -> None:
    above, _mark, matrix = _text(anna.get(reverse("organisation:coverage"))).partition("<thead")
    heads, _mark, rows = matrix.partition("<tbody")
    assert "Ekby kommun" in above
    assert "Säkerhetschef" in above
    assert "Säkerhetschef" not in heads
    assert "Ekby kommun" not in rows


def test_the_matrix_of_a_coordinator_has_no_municipality(bo: Client, required: None) -> None:
    assert "Ekby kommun</a>" not in _text(bo.get(reverse("organisation:coverage")))


@pytest.mark.parametrize("share", ["0,25", "0.25"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_share_is_read_with_a_comma_or_a_point(share: str, language: str, anna: Client, hugo: Person) -> None:
    one = Appointment.objects.get(person=hugo)
    change = {"effective_date": "2022-02-01", "units": ["311"], "share": share, "from_date": str(one.from_date)}
    address = reverse("organisation:appointment-change", args=[one.reference])
    assert anna.post(address, change, headers={"accept-language": language}).status_code == 302
    assert set(one.placements.filter(from_date="2022-02-01").values_list("share", flat=True)) == {Decimal("0.25")}


def test_the_ground_of_an_appointment_is_corrected_on_its_page(anna: Client, bo: Client, hugo: Person) -> None:
    one = Appointment.objects.get(person=hugo)
    _post(anna, "appointment-correct_ground", {"appointed_by": "Skolchefen"}, one.reference)
    one.refresh_from_db()
    assert one.appointed_by == "Skolchefen"
    assert bo.get(reverse("organisation:appointment-correct_ground", args=[one.reference])).status_code == 404


class TestOwnHandover:
    @pytest.fixture
    def own(self, anna: Client, hugo: Person) -> Client:
        """Hugo himself, whose function opens no hand-over, and whose appointment ends."""
        one = Appointment.objects.get(person=hugo)
        until = timezone.localdate() + timedelta(days=9)
        _post(anna, "appointment-announce_ending", {"until_date": str(until)}, one.reference)
        hugo.account = Account.objects.create(email="hugo@ekby.example", name=hugo.name, created_at=AT, language="sv")
        hugo.save()
        return _client(Member(person=hugo, account=hugo.account))

    def test_the_holder_reads_what_is_to_be_handed_over(self, own: Client, hugo: Person) -> None:
        one = Appointment.objects.get(person=hugo)
        address = reverse("overview:handover", args=[one.reference])
        assert address in _text(own.get(reverse("organisation:appointment-detail", args=[one.reference])))
        assert one.handover.exists()
        assert _text(own.get(address)).count("<li") >= one.handover.count()

    def test_the_list_of_another_is_neither_open_nor_linked(
        self, own: Client, hugo: Person, municipality: Municipality
    ) -> None:
        other = Person.objects.create(employee_id="ola", name="Ola Ek", sort_name="ek ola", from_date=START)
        theirs = appoint(other, municipality.functions["security_representative"], municipality.units["311"])
        address = reverse("overview:handover", args=[theirs.reference])
        assert address not in _text(own.get(reverse("organisation:appointment-detail", args=[theirs.reference])))
        assert own.get(address).status_code == 404


def test_the_matrix_of_one_committee_holds_its_departments_only(
    anna: Client, municipality: Municipality, required: None
) -> None:
    told = _text(anna.get(reverse("organisation:coverage"), {"committee": municipality.units["20"].pk}))
    table = told.partition("<tbody")[2]
    assert "Socialförvaltningen" in table
    assert "Bildningsförvaltningen" not in table


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "99999"}, {"under": "-1"}])
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
    query: dict = {"function": "security_representative", "after": "~0"}
    while True:
        response = anna.get(address, query)
        found += [row.record.unit.code for row in response.context["table"].paginated_rows]
        if not response.context["next"]:
            break
        query["after"] = response.context["next"]
    assert len(found) == len(set(found)) == 43


def test_the_most_serious_gaps_stand_first_and_all_are_counted(
    anna: Client, municipality: Municipality, required: None
) -> None:
    page = anna.get(reverse("organisation:gap-list"))
    shown = [row.record for row in page.context["table"].paginated_rows]
    assert [cell.weight for cell in shown] == sorted(cell.weight for cell in shown)
    assert f"{len(shown)} luckor" in _text(page)


def test_gaps_are_sorted_by_unit_when_that_is_asked_for(
    anna: Client, municipality: Municipality, required: None
) -> None:
    page = anna.get(reverse("organisation:gap-list"), {"sort": "unit"})
    names = [row.record.unit.sort_name for row in page.context["table"].paginated_rows]
    assert names == sorted(names)


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
    _post(anna, "handover-complete", {"done": [item.pk]}, one.reference)
    item.refresh_from_db()
    assert item.done_by == "Anna Ahlberg"
    assert one.handover.exclude(done_at=None).count() == 1
    _post(anna, "handover-complete", {}, one.reference)
    assert not one.handover.exclude(done_at=None).exists()
    one.refresh_from_db()
    assert (one.state, one.until_date) == ("ending", today + timedelta(days=10))
    for page in ("appointment-detail", "appointment-change", "appointment-end"):
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


def test_a_proposal_says_who_may_answer_it_and_its_proposer_takes_it_back_but_does_not_decline_it(
    anna: Client, municipality: Municipality, hugo: Person, cecilia_head_of_department: Member
) -> None:
    function = municipality.functions["security_coordinator"]
    data = {
        "person": "hugo", "function": function.pk, "units": ["31"], "share": "0.5", "from_date": "2022-01-01",
        "appointed_by": "Skolchefen", "is_confirmed": "on",
    }  # fmt: skip
    _post(anna, "appointment-propose", data)
    reference = Appointment.objects.get(function=function, person=hugo).reference
    told = _text(anna.get(reverse("organisation:appointment-detail", args=[reference])))
    assert cecilia_head_of_department.account.name in told
    assert f"/{reference}/withdraw/" in told
    assert f"/{reference}/decline/" not in told
    asked = _text(anna.get(reverse("organisation:appointment-withdraw", args=[reference])))
    assert "Hugo Hed, Säkerhetssamordnare, Bildningsförvaltningen" in asked


def test_a_unit_above_is_called_what_it_was_called_on_the_day(
    anna: Client, bo_coordinator: Member, municipality: Municipality
) -> None:
    now = timezone.now()
    actions.rename_unit(
        unit=municipality.units["21"],
        name="Omsorgen",
        from_date=timezone.localdate(),
        by=system_viewer(at=now, job="test"),
        at=now,
    )
    address = reverse("organisation:unit-detail", args=[municipality.units["211"].pk])
    then = _text(anna.get(address, {"day": "2022-03-01"}))
    assert "<td>Socialförvaltningen</td>" in then
    assert "<td>Omsorgen</td>" not in then
    assert "<td>Omsorgen</td>" in _text(anna.get(address))


def test_closing_says_first_what_must_be_moved_or_ended_and_what_is_left(
    anna: Client, municipality: Municipality
) -> None:
    department, unit = municipality.units["21"], municipality.units["211"]
    person = Person.objects.create(name="Nils Ek", from_date=START, unit=department)
    there = appoint(person, municipality.functions["security_representative"], department)
    page = anna.get(reverse("organisation:unit-close", args=[department.pk])).content.decode()
    assert "Det här måste göras först" in page
    assert reverse("organisation:unit-detail", args=[unit.pk]) in page
    assert reverse("organisation:appointment-detail", args=[there.reference]) in page


def test_closing_a_unit_that_nothing_hangs_on_asks_for_nothing_first(anna: Client, municipality: Municipality) -> None:
    page = anna.get(reverse("organisation:unit-close", args=[municipality.units["212"].pk])).content.decode()
    assert "Det här måste göras först" not in page
    assert "Inget öppet uppdrag ligger på enheten." in page


def test_a_form_of_change_opens_with_all_that_it_saves(anna: Client, hugo: Person) -> None:
    told = {"title": "Rektor", "email": "hugo@askevi.example", "phone": "013-12 34 56"}
    Person.objects.filter(pk=hugo.pk).update(**told)
    page = reverse("organisation:person-change", args=[hugo.pk])
    form = anna.get(page).context["form"]
    assert set(form.initial) == set(form.fields)
    anna.post(page, {name: form[name].value() for name in form.fields})
    hugo.refresh_from_db()
    assert {name: getattr(hugo, name) for name in told} == told


@pytest.mark.parametrize(("page", "field"), [("function", "role"), ("unit", "kind"), ("requirement", "unit_kind")])
def test_nothing_is_chosen_for_whoever_has_not_chosen(anna: Client, required: None, page: str, field: str) -> None:
    form = anna.get(reverse(f"organisation:{page}-create")).context["form"]
    assert form[field].value() is None
    assert next(iter(form.fields[field].choices)) == ("", "Välj")


def test_ending_a_requirement_says_what_of_and_what_will_happen(anna: Client, required: None) -> None:
    row = Requirement.objects.select_related("function").first()
    page = anna.get(reverse("organisation:requirement-end", args=[row.pk]))
    assert row.function.name_sv in page.context["lead"]
    assert [link.url for link in page.context["trail"]] == [
        reverse("organisation:requirement-list"),
        reverse("organisation:requirement-detail", args=[row.pk]),
    ]
    assert "krävs funktionen inte längre" in _text(page)


def test_a_proposal_without_anything_is_told_of_in_the_order_of_the_page(anna: Client) -> None:
    form = anna.post(reverse("organisation:appointment-propose"), {"agreement": ""}).context["form"]
    assert [field.name for field in form if field.errors] == [
        "person", "function", "units", "share", "from_date", "appointed_by",
    ]  # fmt: skip


def test_a_file_is_called_by_the_title_of_the_list_in_the_readers_language(anna: Client, hugo: Person) -> None:
    answer = anna.get(reverse("organisation:person-list"), {"format": "xlsx"})
    assert 'filename="Personer.xlsx"' in answer["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.content)).sheet_names == ["Personer"]


def test_the_list_of_offices_says_who_holds_them_today(anna: Client, hugo: Person) -> None:
    place = {"function": Function.objects.get(key="security_representative")}
    Office.objects.create(name="Skolans ombud", unit=hugo.unit, **place)
    Office.objects.create(name="Kommunens ombud", unit=Unit.objects.get(code="1"), **place)
    rows = anna.get(reverse("organisation:office-list")).context["table"].paginated_rows
    holders = {row.record.name: row.get_cell("holder") for row in rows}
    assert "Hugo Hed" in holders["Skolans ombud"]
    assert "Vakant" in holders["Kommunens ombud"]


def test_the_history_of_a_proposal_tells_its_deputy_and_agreement(
    anna: Client, municipality: Municipality, hugo: Person, bo_coordinator: Member
) -> None:
    data = {
        "person": bo_coordinator.person.employee_id,
        "function": municipality.functions["security_representative"].pk,
        "units": ["211"],
        "share": "20 %",
        "deputy": hugo.employee_id,
        "from_date": "2026-01-01",
        "appointed_by": "Enhetschefen",
        "agreement": "KS 2026/7",
        "is_confirmed": "on",
    }
    page = anna.get(_post(anna, "appointment-propose", data).url)
    told = [change.new for entry in page.context["history"] for change in entry.changes]
    assert told.count("KS 2026/7") == 1
    assert told.count("Hugo Hed") == 1


def test_who_may_not_propose_is_led_to_no_proposal_from_the_gaps(
    client: Client, required: None, eva_secretary: Member
) -> None:
    client.force_login(eva_secretary.account)
    page = client.get("/organisation/gaps/")
    assert len(page.context["table"].paginated_rows) > 0
    assert "/appointments/propose/" not in page.content.decode()

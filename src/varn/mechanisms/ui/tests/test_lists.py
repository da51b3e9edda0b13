from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import START, Member, Municipality, appoint
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.ui.filters import YesNo
from varn.mechanisms.ui.models import SavedView

LIST = "/organisation/appointments/"
ClientOf = Callable[[Member], Client]


@pytest.fixture
def anna(client_of: ClientOf, anna_head_of_security: Member) -> Client:
    return client_of(anna_head_of_security)


@pytest.fixture
def many(municipality: Municipality, bo_coordinator: Member) -> None:
    for number in range(60):
        appoint(
            bo_coordinator.person,
            municipality.functions["security_representative"],
            municipality.units["211"],
            from_date=START + timedelta(days=number),
        )


def test_a_page_holds_twenty_five_rows_and_leads_to_the_next(anna: Client, many: None) -> None:
    page = anna.get(LIST)
    assert len(page.context["table"].page.object_list) == 25
    assert "page=2" in page.text
    assert "Page 1 of 3" in page.text


def test_every_row_stands_on_exactly_one_page(anna: Client, many: None) -> None:
    pages = [anna.get(LIST, {"page": number, "sort": "state"}) for number in (1, 2, 3)]
    found = [row.record.pk for page in pages for row in page.context["table"].page.object_list]
    assert len(found) == len(set(found)) == 62


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e3", "٣", "9" * 40])
def test_a_page_that_does_not_exist_is_not_found(anna: Client, page: str) -> None:
    assert anna.get(LIST, {"page": page}).status_code == 404


def test_an_unknown_column_to_sort_by_is_passed_over(anna: Client) -> None:
    assert anna.get(LIST, {"sort": "person__account__password"}).status_code == 200


def test_a_count_above_a_thousand_is_not_counted_out(anna: Client, many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("varn.mechanisms.ui.paging.MOST_COUNTED", 50)
    assert anna.get(LIST).context["count"] == 51


def test_a_list_page_costs_at_most_twelve_statements(anna: Client, many: None) -> None:
    anna.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as statements:
        anna.get(LIST, {"q": "FORD", "state": "active"})
    assert len(statements) <= 12


def test_a_filter_narrows_the_list_and_stays_in_the_links(anna: Client, many: None) -> None:
    page = anna.get(LIST, {"q": "FORD-2020-0003"})
    assert [row.record.reference for row in page.context["table"].page.object_list] == ["FORD-2020-0003"]
    assert "sort=reference&amp;q=FORD-2020-0003" in page.text or "q=FORD-2020-0003&amp;sort=reference" in page.text


def test_a_filter_that_cannot_be_read_says_so_and_keeps_the_page(anna: Client) -> None:
    page = anna.get(LIST, {"from_date": "i går"})
    assert page.status_code == 200
    assert "A filter could not be used" in page.text


def test_chosen_columns_are_shown_and_others_are_not(anna: Client) -> None:
    page = anna.get(LIST, {"columns": "reference,appointed_by"})
    assert [column.name for column in page.context["table"].columns] == ["reference", "appointed_by"]


def test_columns_are_the_shown_ones_until_someone_chooses(anna: Client) -> None:
    names = [column.name for column in anna.get(LIST).context["table"].columns]
    assert names == ["reference", "from_date", "until_date", "state"]


def test_htmx_gets_the_table_without_the_shell(anna: Client) -> None:
    part = anna.get(LIST, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "<table" in part.text
    assert "HX-Request" in part["Vary"]


def test_going_back_in_the_history_gets_the_whole_page(anna: Client) -> None:
    page = anna.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in page.text


def test_the_last_day_is_shown_inclusive(anna: Client, municipality: Municipality, bo_coordinator: Member) -> None:
    function, unit = municipality.functions["security_representative"], municipality.units["211"]
    appoint(bo_coordinator.person, function, unit, until_date=date(2022, 7, 1))
    page = anna.get(LIST)
    assert "2022-06-30" in page.text
    assert "2022-07-01" not in page.text


def test_an_empty_list_says_what_belongs_there_and_offers_the_first_step(anna: Client) -> None:
    page = anna.get(LIST, {"q": "finns inte"})
    assert "Nothing matches the filters" in page.text


def test_an_export_holds_every_filtered_row_and_stands_in_the_trail(anna: Client, many: None) -> None:
    answer = anna.get(LIST, {"format": "csv", "q": "FORD-2020"})
    rows = answer.getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 62
    assert Entry.objects.get(verb="exports:export:take_out").changes["rows"] == [None, 62]


def test_an_export_is_not_offered_without_its_permission(
    client_of: ClientOf, municipality: Municipality, bo_coordinator: Member
) -> None:
    bo_coordinator.person.appointments.update(function=municipality.functions["security_representative"])
    page = client_of(bo_coordinator).get(LIST, {"format": "csv"})
    assert page["Content-Type"].startswith("text/html")
    assert 'href="?format=csv"' not in page.text


def test_the_stranger_sees_neither_rows_nor_their_number(
    client_of: ClientOf, many: None, cecilia_head_of_department: Member
) -> None:
    page = client_of(cecilia_head_of_department).get(LIST)
    assert page.context["count"] == 1


def test_a_view_is_saved_opened_and_deleted(anna: Client) -> None:
    saved = {"page": "organisation:appointments", "path": LIST, "label": "Mine", "query": "?q=FORD", "next": LIST}
    assert anna.post("/views/save/", saved)["Location"] == f"{LIST}?q=FORD"
    view = SavedView.objects.get()
    assert "Mine" in anna.get(LIST).text
    anna.post(f"/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_is_not_saved_for_a_page_that_is_not_ours(anna: Client) -> None:
    anna.post("/views/save/", {"page": "x", "path": "//evil.example/", "label": "Mine", "query": ""})
    assert not SavedView.objects.exists()


def test_another_persons_view_cannot_be_deleted(
    anna: Client, client_of: ClientOf, cecilia_head_of_department: Member
) -> None:
    anna.post("/views/save/", {"page": "p", "path": LIST, "label": "Mine", "query": ""})
    view = SavedView.objects.get()
    assert client_of(cecilia_head_of_department).post(f"/views/{view.pk}/delete/").status_code == 404
    assert SavedView.objects.exists()


def test_every_value_bears_the_name_of_its_column_and_the_first_link_names_the_row(anna: Client, many: None) -> None:
    page = anna.get(LIST, {"columns": "appointed_by,reference,from_date"})
    assert page.context["table"].heading == "reference"
    assert page.text.count("data-heading") == 25
    assert page.text.count('data-label="From date"') == 25


@pytest.mark.parametrize(("given", "meant"), [("1", True), ("true", True), ("0", False), ("", None), ("unknown", None)])
def test_a_yes_or_no_filter_reads_what_links_write(given: str, meant: bool | None) -> None:
    assert YesNo().value_from_datadict({"open": given}, {}, "open") is meant
    shown = {True: "true", False: "false", None: ""}[meant]
    assert f'<option value="{shown}" selected>' in YesNo().render("open", meant)

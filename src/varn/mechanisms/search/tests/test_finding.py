"""What is found, and above all what is not."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.people import START, Member, Municipality
from varn.areas.organisation.models import Appointment, Person, Unit
from varn.mechanisms.search.finding import find, hits
from varn.mechanisms.search.indexing import forget, index, reindex
from varn.mechanisms.search.models import Document
from varn.mechanisms.search.searchables import NotSearchable, Searchable, searchables
from varn.mechanisms.search.showing import _marked
from varn.mechanisms.search.stems import words_of

SEARCHABLES = (
    Searchable(
        model=Unit,
        kind="organisation:unit",
        title=lambda unit: unit.name,
        body=lambda unit: unit.address,
        url=lambda unit: f"/units/{unit.code}/",
    ),
    Searchable(
        model=Person,
        kind="organisation:person",
        title=lambda person: person.name,
        body=lambda person: person.email,
        url=lambda person: f"/people/{person.pk}/",
        reference=lambda person: "",
    ),
    Searchable(
        model=Appointment,
        kind="organisation:appointment",
        title=lambda one: f"{one.person} {one.function.name_sv}",
        body=lambda one: one.appointed_by,
        url=lambda one: f"/appointments/{one.reference}/",
        related=("person", "function"),
    ),
)
PATHS = ("varn.mechanisms.search.tests.test_finding.SEARCHABLES",)


@pytest.fixture(autouse=True)
def own_searchables(settings) -> Iterator[None]:
    settings.SEARCHABLES_FROM = "varn.mechanisms.search.tests.test_finding.PATHS"
    searchables.cache_clear()
    yield
    searchables.cache_clear()


def _titles(text: str, member: Member, **more) -> list[str]:
    kinds = [searchable.kind for searchable in SEARCHABLES]
    return [hit.title for kind in kinds for hit in hits(text, viewer=member.viewer, kind=kind, **more)[:100]]


@pytest.fixture
def found(
    municipality: Municipality,
    bo_coordinator: Member,
    anna_head_of_security: Member,
    cecilia_head_of_department: Member,
) -> None:
    reindex()


@pytest.mark.usefixtures("found")
class TestFinding:
    def test_a_word_is_found_in_another_form(self, bo_coordinator: Member) -> None:
        assert "Kommunstyrelsen" in _titles("kommunstyrelse", bo_coordinator)

    def test_the_last_word_may_be_only_begun(self, bo_coordinator: Member) -> None:
        assert set(_titles("hemtjänsten nor", bo_coordinator)) == {"Hemtjänsten norr"}

    def test_an_earlier_word_must_be_whole(self, bo_coordinator: Member) -> None:
        assert _titles("hemtj norr", bo_coordinator) == []

    def test_every_word_must_be_there(self, bo_coordinator: Member) -> None:
        assert _titles("hemtjänsten bildningsförvaltningen", bo_coordinator) == []

    @pytest.mark.parametrize("text", ["Ängskolan", "ängskolan", "ÄNGSKOLAN"])
    def test_letters_may_be_of_any_size(self, text: str, bo_coordinator: Member) -> None:
        assert _titles(text, bo_coordinator) == ["Ängskolan"]

    def test_a_letter_with_its_dots_is_another_letter(self, bo_coordinator: Member) -> None:
        assert _titles("Angskolan", bo_coordinator) == []

    def test_a_reference_is_found_whole_and_first(self, anna_head_of_security: Member) -> None:
        reference = Appointment.objects.get(person__employee_id="bo").reference
        groups = find(reference.lower(), viewer=anna_head_of_security.viewer)
        assert [hit.reference for group in groups for hit in group.hits] == [reference]

    def test_half_a_reference_is_found_only_while_typing(self, anna_head_of_security: Member) -> None:
        half = Appointment.objects.get(person__employee_id="bo").reference[:-2]
        assert _titles(half, anna_head_of_security) == []
        assert _titles(half, anna_head_of_security, typing=True) != []

    def test_a_stranger_does_not_find_what_is_not_hers(self, cecilia_head_of_department: Member) -> None:
        assert _titles("Bo Berglund", cecilia_head_of_department) == []
        assert find("Bo Berglund", viewer=cecilia_head_of_department.viewer, typing=True) == []

    def test_a_group_says_that_there_is_more_only_of_what_is_seen(
        self, cecilia_head_of_department: Member, anna_head_of_security: Member
    ) -> None:
        def more(member: Member) -> dict[str, bool]:
            groups = find("ekby example", viewer=member.viewer, limit=1)
            return {group.kind: group.has_more for group in groups}

        assert more(anna_head_of_security)["organisation:person"]
        assert not more(cecilia_head_of_department)["organisation:person"]

    def test_a_reader_without_any_right_finds_nothing(self, municipality: Municipality) -> None:
        account = Person.objects.get(employee_id="bo").account
        Appointment.objects.all().update(until_date=date(2020, 2, 1))
        assert _titles("kommun", Member(person=None, account=account)) == []

    def test_a_page_of_one_kind_holds_only_that_kind(self, anna_head_of_security: Member) -> None:
        people = hits("Berglund", viewer=anna_head_of_security.viewer, kind="organisation:person")[:100]
        assert {hit.kind for hit in people} == {"organisation:person"}

    def test_a_title_comes_before_a_body(self, municipality: Municipality, bo_coordinator: Member) -> None:
        school = Unit.objects.create(
            code="99", kind="unit", name="Zebran", sort_name="zebran", address="vid Ängskolan", from_date=START
        )
        index(school)
        assert _titles("Ängskolan", bo_coordinator) == ["Ängskolan", "Zebran"]

    @pytest.mark.parametrize("text", ["kommun", "ekby", "hemtjänsten", "b", "berglund", "ängskolan", "example"])
    @pytest.mark.parametrize("limit", [1, 2, 5])
    def test_the_first_of_each_kind_are_the_first_of_all_its_hits(
        self, text: str, limit: int, anna_head_of_security: Member, bo_coordinator: Member
    ) -> None:
        for unit in Unit.objects.order_by("code"):
            unit.address = "Kommunhuset, Ekby"
            index(unit)
        for member in (anna_head_of_security, bo_coordinator):
            groups = {group.kind: group for group in find(text, viewer=member.viewer, limit=limit)}
            for searchable in SEARCHABLES:
                every = hits(text, viewer=member.viewer, kind=searchable.kind)[:100]
                group = groups.pop(searchable.kind, None)
                assert list(group.hits if group else ()) == every[:limit]
                assert (group.has_more if group else False) == (len(every) > limit)
            assert groups == {}

    def test_newer_hits_that_are_not_the_readers_hide_none_of_the_readers_own(
        self, municipality: Municipality, bo_coordinator: Member
    ) -> None:
        for number in range(12):
            person = Person.objects.create(
                employee_id=f"s{number}",
                name=f"Bo Skolman {number}",
                sort_name=f"skolman {number}",
                from_date=START,
                unit=municipality.units["311"],
            )
            index(person)
        groups = find("bo", viewer=bo_coordinator.viewer, limit=2)
        assert [
            (hit.title, group.has_more) for group in groups if group.kind == "organisation:person" for hit in group.hits
        ] == [("Bo Berglund", False)]

    def test_finding_takes_one_statement(self, django_assert_max_num_queries, anna_head_of_security: Member) -> None:
        viewer = anna_head_of_security.viewer
        find("kommun", viewer=viewer)
        with django_assert_max_num_queries(1):
            find("kommun", viewer=viewer)

    def test_who_sees_a_part_is_asked_once_how_much(
        self, django_assert_max_num_queries, bo_coordinator: Member
    ) -> None:
        viewer = bo_coordinator.viewer
        find("kommun", viewer=viewer)
        with django_assert_max_num_queries(2):
            find("kommun", viewer=viewer)

    @pytest.mark.parametrize("text", ["kommun", "ekby", "b", "berglund", "hemtjänsten norr", "example", "FORD-2020"])
    @pytest.mark.parametrize("typing", [True, False])
    def test_the_hits_are_the_same_from_whichever_end_they_are_read(
        self, text: str, typing: bool, bo_coordinator: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from_what_is_seen = _titles(text, bo_coordinator, typing=typing)
        monkeypatch.setattr("varn.mechanisms.search.sights.FEW", 0)
        assert _titles(text, bo_coordinator, typing=typing) == from_what_is_seen
        monkeypatch.setattr("varn.mechanisms.search.engines.COMMON", 0)
        assert _titles(text, bo_coordinator, typing=typing) == from_what_is_seen

    @pytest.mark.parametrize("few", [0, 500])
    def test_a_later_page_goes_on_where_the_one_before_it_ended(
        self, few: int, municipality: Municipality, bo_coordinator: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number, (name, email) in enumerate([("Eva Ask", "ada@ask.example"), ("Ada Ask", "")] * 3):
            person = Person.objects.create(
                employee_id=f"e{number}",
                name=name,
                sort_name="ask",
                email=email,
                from_date=START,
                unit=municipality.units["212"],
            )
            index(person)
        monkeypatch.setattr("varn.mechanisms.search.sights.FEW", few)
        people = hits("ada ask", viewer=bo_coordinator.viewer, kind="organisation:person")
        every = people[:100]
        assert [person.title for person in every] == ["Ada Ask"] * 3 + ["Eva Ask"] * 3
        assert [person for place in range(6) for person in people[place : place + 1]] == every

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite need not know which words are common")
    def test_a_common_word_is_walked_to_and_a_rare_one_looked_up(
        self, bo_coordinator: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_document")
        caches["memory"].delete("search.known")
        monkeypatch.setattr("varn.mechanisms.search.sights.FEW", 0)
        with CaptureQueriesContext(connection) as asked:
            for text in ("ekby", "zzz"):
                hits(text, viewer=bo_coordinator.viewer, kind="organisation:person")[:5]
        caches["memory"].delete("search.known")
        common, rare = (query["sql"] for query in asked if "tsquery" in query["sql"])
        assert ("IS TRUE" in common, "IS TRUE" in rare) == (True, False)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses its way by how common the word is")
    @pytest.mark.parametrize("text", ["kommun", "kommun ekby", "b"])
    def test_the_hits_are_walked_and_neither_gathered_nor_sorted(
        self, text: str, anna_head_of_security: Member
    ) -> None:
        """Only the few records that are closed to the reader are gathered, for the question that is put to each hit."""
        with CaptureQueriesContext(connection) as asked:
            find(text, viewer=anna_head_of_security.viewer)
        with connection.cursor() as cursor:
            plan = cursor.execute(f"EXPLAIN QUERY PLAN {asked[-1]['sql']}").fetchall()
        of_each_hit: set[int] = set()
        for number, parent, _, detail in plan:
            if parent in of_each_hit or detail.startswith("CORRELATED SCALAR SUBQUERY"):
                of_each_hit.add(number)
        steps = [detail for number, _, _, detail in plan if number not in of_each_hit]
        walks = [step for step in steps if step.startswith("SCAN search_index VIRTUAL TABLE")]
        assert len(walks) == 2 * len(SEARCHABLES)
        assert not [step for step in steps if "LIST" in step or "B-TREE" in step or "SCAN search_document" in step]

    @pytest.mark.parametrize(
        "text",
        [
            '"',
            "'",
            "a AND",
            "NOT x",
            "NEAR(a b)",
            "a*",
            "^a",
            "title_stems:kommun",
            "a:*",
            "a & | !b",
            "\\",
            "🙂",
            "\x00",
            "ks\x00mun",
            "x" * 10_000,
            "((((",
            "-a",
            "--",
            "; DROP TABLE",
            "%",
            "_",
            "ı İ ẞ ﬀ",
            "\ud800",
            "½ ² ٣",
            "a" * 100 + "-" + "1" * 100,
        ],
    )
    def test_no_question_is_an_error(self, text: str, bo_coordinator: Member) -> None:
        assert isinstance(_titles(text, bo_coordinator), list)
        assert isinstance(find(text, viewer=bo_coordinator.viewer, typing=True), list)

    @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(max_size=60))
    def test_no_question_whatever_is_an_error(self, text: str, bo_coordinator: Member) -> None:
        assert isinstance(_titles(text, bo_coordinator, typing=True), list)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_whatever_a_thing_is_called_it_is_found_by_its_name(name: str, anna_head_of_security: Member) -> None:
    unit, _ = Unit.objects.update_or_create(
        code="77", defaults={"kind": "unit", "name": name, "sort_name": name, "from_date": START}
    )
    index(unit)
    found = _titles(name, anna_head_of_security)
    assert name in found or not any(sign.isalnum() or sign == "_" for sign in name)


def test_a_changed_thing_is_found_as_it_is_now(municipality: Municipality, bo_coordinator: Member) -> None:
    unit = municipality.units["212"]
    index(unit)
    Unit.objects.filter(pk=unit.pk).update(name="Äldreboendet Linden")
    unit.refresh_from_db()
    index(unit)
    assert (_titles("söder", bo_coordinator), _titles("linden", bo_coordinator)) == ([], ["Äldreboendet Linden"])


def test_a_forgotten_thing_is_not_found(municipality: Municipality, bo_coordinator: Member) -> None:
    unit = municipality.units["212"]
    index(unit)
    forget(unit)
    assert _titles("söder", bo_coordinator) == []


def test_an_index_entry_whose_thing_is_gone_is_not_shown(municipality: Municipality, bo_coordinator: Member) -> None:
    unit = Unit.objects.create(code="88", kind="unit", name="Tillfället", sort_name="t", from_date=START)
    index(unit)
    Unit.objects.filter(pk=unit.pk).delete()
    assert _titles("Tillfället", bo_coordinator) == []


def test_the_index_can_be_made_anew_and_loses_what_is_gone(municipality: Municipality, capsys) -> None:
    reindex()
    before = Document.objects.count()
    Document.objects.filter(title="Ängskolan").delete()
    Document.objects.filter(title="Socialnämnden").update(object_id=999_999)
    call_command("reindex")
    assert Document.objects.count() == before
    assert not Document.objects.filter(object_id=999_999).exists()
    assert f"{before} rader" in capsys.readouterr().out


def test_a_thing_that_no_area_made_searchable_is_refused(bo_coordinator: Member) -> None:
    with pytest.raises(NotSearchable):
        index(bo_coordinator.account)


@pytest.mark.usefixtures("found")
class TestPages:
    def test_the_page_of_results_shows_what_the_reader_sees(self, client: Client, bo_coordinator: Member) -> None:
        client.force_login(bo_coordinator.account)
        page = client.get("/search/", {"q": "hemtjänsten"}).content.decode()
        assert "<mark>Hemtjänsten</mark> norr" in page

    def test_one_kind_is_shown_page_by_page(self, client: Client, bo_coordinator: Member) -> None:
        client.force_login(bo_coordinator.account)
        assert client.get("/search/", {"q": "hemtjänsten", "kind": "organisation:unit"}).status_code == 200
        assert client.get("/search/", {"q": "hemtjänsten", "kind": "organisation:unit", "page": "9"}).status_code == 404

    def test_suggestions_are_a_fragment(self, client: Client, bo_coordinator: Member) -> None:
        client.force_login(bo_coordinator.account)
        answer = client.get("/search/suggestions/", {"q": "hemtj"}).content.decode()
        assert "Hemtjänsten norr" in answer
        assert "<html" not in answer

    @pytest.mark.parametrize("text", ["", "a", '"', "x" * 10_000, "<script>"])
    def test_no_question_breaks_a_page(self, text: str, client: Client, bo_coordinator: Member) -> None:
        client.force_login(bo_coordinator.account)
        for path in ("/search/", "/search/suggestions/"):
            answer = client.get(path, {"q": text})
            assert answer.status_code == 200
            assert "<script>" not in answer.content.decode().replace("<script src", "")

    def test_a_question_that_is_no_text_is_refused_with_a_sentence(
        self, client: Client, bo_coordinator: Member
    ) -> None:
        client.force_login(bo_coordinator.account)
        for path in ("/search/", "/search/suggestions/"):
            answer = client.get(path, {"q": "\x00"})
            assert answer.status_code == 400
            assert "gick inte att läsa" in answer.content.decode()


@pytest.mark.django_db
def test_a_hit_says_what_the_thing_is_today_with_the_words_marked(
    anna_head_of_security: Member, bo_coordinator: Member, client: Client
) -> None:
    reindex()
    client.force_login(anna_head_of_security.account)
    for kind in ("", "organisation:person"):
        page = client.get("/search/", {"q": "berglund", "kind": kind}, headers={"accept-language": "sv"}).text
        assert "Bo <mark>Berglund</mark>" in page


@pytest.mark.django_db
def test_what_is_marked_is_shown_as_it_was_written(anna_head_of_security: Member) -> None:
    document = Document(kind="none", object_id=1, title="<b>Lås & larm</b>", shown="")
    assert _marked(document.title, words_of("larm")) == "&lt;b&gt;Lås &amp; <mark>larm</mark>&lt;/b&gt;"

"""From the file to what was shown, and from what was shown to what was brought in."""

import io
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from tests.people import AT, START, Member, Municipality
from varn.areas.organisation.actions import rename_unit
from varn.areas.organisation.models import Unit
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.imports.actions import DataChanged, apply_run, check_again, check_file, discard_run
from varn.mechanisms.imports.lifecycle import RunState
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.planning import judge, try_out
from varn.mechanisms.imports.tests.example import NameImporter
from varn.mechanisms.moves.making import Refused

GOOD = "Kod;Namn\n211;Hemtjänsten i norr\n212;Hemtjänsten söder\n999;Nytt\n".encode()
BAD = "Kod;Namn;Från och med\n211;Hemtjänsten i norr;igår\n999;Nytt;\n".encode()


@pytest.fixture(autouse=True)
def own_importers(settings, municipality: Municipality) -> None:
    settings.IMPORTERS_FROM = "varn.mechanisms.imports.tests.example.IMPORTERS"


def _check(member: Member, content: bytes = GOOD) -> Run:
    tried = try_out(kind="names", name="enheter.csv", content=content, viewer=member.viewer, at=AT)
    return check_file(tried=tried, by=member.viewer, at=AT)


def _apply(run: Run, member: Member) -> Run:
    return apply_run(run=run, judged=judge(run, viewer=member.viewer, at=AT), by=member.viewer, at=AT)


def _names() -> set[str]:
    return set(Unit.objects.values_list("name", flat=True))


def test_trying_out_a_file_brings_nothing_in(anna_head_of_security: Member) -> None:
    before = _names()
    run = _check(anna_head_of_security)
    assert run.counts == {"new": 1, "changed": 1, "same": 1, "error": 0}
    assert run.reference == "IMP-2022-0001"
    assert _names() == before


def test_bringing_in_does_what_was_shown_and_forgets_the_rows(anna_head_of_security: Member) -> None:
    run = _apply(_check(anna_head_of_security), anna_head_of_security)
    assert {"Hemtjänsten i norr", "Nytt"} <= _names()
    run.refresh_from_db()
    assert (run.state, run.rows) == (RunState.APPLIED, [])
    assert {entry.verb for entry in Entry.objects.filter(reference=run.reference)} == {
        "imports:run:check",
        "imports:run:apply",
    }


def test_the_same_file_again_changes_nothing(anna_head_of_security: Member) -> None:
    _apply(_check(anna_head_of_security), anna_head_of_security)
    again = _check(anna_head_of_security)
    assert again.counts["same"] == 3
    with pytest.raises(Refused) as error:
        _apply(again, anna_head_of_security)
    assert error.value.refusal.key == "imports:refusal.nothing_to_do"


def test_a_file_with_one_wrong_row_is_not_brought_in(anna_head_of_security: Member) -> None:
    run = _check(anna_head_of_security, BAD)
    with pytest.raises(Refused) as error:
        _apply(run, anna_head_of_security)
    assert error.value.refusal.values == {"count": 1}
    assert "Nytt" not in _names()


def test_nothing_is_brought_in_when_the_data_has_changed_since(anna_head_of_security: Member) -> None:
    run = _check(anna_head_of_security)
    Unit.objects.filter(code="211").update(name="Annat")
    with pytest.raises(DataChanged):
        _apply(run, anna_head_of_security)
    assert "Nytt" not in _names()
    assert Run.objects.get().state == RunState.CHECKED


def test_what_is_done_between_judging_and_bringing_in_is_seen(
    anna_head_of_security: Member, municipality: Municipality
) -> None:
    by, run = anna_head_of_security.viewer, _check(anna_head_of_security)
    judged = judge(run, viewer=by, at=AT)
    rename_unit(unit=municipality.units["211"], name="Annat", from_date=AT.date(), by=by, at=AT)
    with pytest.raises(DataChanged):
        apply_run(run=run, judged=judged, by=by, at=AT)
    assert "Nytt" not in _names()


@pytest.mark.skipif(connection.features.has_select_for_update, reason="judged again where many write at once")
def test_the_rows_are_not_judged_while_others_wait_to_write(anna_head_of_security: Member) -> None:
    by, run = anna_head_of_security.viewer, _check(anna_head_of_security)
    judged = judge(run, viewer=by, at=AT)
    with CaptureQueriesContext(connection) as asked:
        apply_run(run=run, judged=judged, by=by, at=AT)
    judging = str(Unit.objects.visible_to(by).values_list("code", "name").query)
    assert judging not in [query["sql"] for query in asked]


def test_the_report_then_shows_which_rows_differ_and_can_be_brought_in(anna_head_of_security: Member) -> None:
    run = _check(anna_head_of_security)
    Unit.objects.filter(code="211").update(name="Annat")
    judged = judge(run, viewer=anna_head_of_security.viewer, at=AT)
    run = check_again(run=run, judged=judged, by=anna_head_of_security.viewer, at=AT)
    assert run.differing == [2]
    assert run.report["changes"][0]["changes"] == {"name": ["Annat", "Hemtjänsten i norr"]}
    _apply(run, anna_head_of_security)
    assert "Hemtjänsten i norr" in _names()


def test_what_fails_half_way_leaves_nothing(anna_head_of_security: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    run = _check(anna_head_of_security)
    whole = NameImporter.apply

    def failing(self, planned, **more) -> None:
        whole(self, planned[:1], **more)
        raise RuntimeError

    monkeypatch.setattr(NameImporter, "apply", failing)
    with pytest.raises(RuntimeError):
        _apply(run, anna_head_of_security)
    assert "Hemtjänsten i norr" not in _names()
    assert Run.objects.get().state == RunState.CHECKED


def test_a_discarded_file_is_forgotten(anna_head_of_security: Member) -> None:
    run = discard_run(run=_check(anna_head_of_security), by=anna_head_of_security.viewer, at=AT)
    run.refresh_from_db()
    assert (run.state, run.rows) == (RunState.DISCARDED, [])
    with pytest.raises(Refused):
        _apply(run, anna_head_of_security)


def test_only_who_may_import_can_try_out_a_file(bo_coordinator: Member) -> None:
    with pytest.raises(PermissionDenied):
        _check(bo_coordinator)


def test_an_import_is_not_seen_by_those_who_may_not_make_it(
    anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    _check(anna_head_of_security)
    assert Run.objects.visible_to(anna_head_of_security.viewer).count() == 1
    assert Run.objects.visible_to(bo_coordinator.viewer).count() == 0


def test_an_administrator_sees_the_imports_of_others(
    anna_head_of_security: Member, frida_administrator: Member
) -> None:
    _check(anna_head_of_security)
    assert Run.objects.visible_to(frida_administrator.viewer).count() == 1


class TestCommand:
    def _call(self, tmp_path: Path, content: bytes, *options: str) -> str:
        (tmp_path / "enheter.csv").write_bytes(content)
        said = StringIO()
        call_command("import", "names", str(tmp_path / "enheter.csv"), *options, stdout=said)
        return said.getvalue()

    def test_it_prints_the_report_and_writes_nothing(self, tmp_path: Path) -> None:
        said = self._call(tmp_path, GOOD)
        assert "Hemtjänsten norr → Hemtjänsten i norr" in said
        assert not Run.objects.exists()
        assert "Nytt" not in _names()

    def test_it_brings_in_what_it_is_told_to(self, tmp_path: Path) -> None:
        assert "IMP-" in self._call(tmp_path, GOOD, "--apply")
        assert "Nytt" in _names()

    def test_it_ends_with_one_when_a_row_is_wrong(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError) as error:
            self._call(tmp_path, BAD, "--apply")
        assert error.value.returncode == 1
        assert "Nytt" not in _names()

    @pytest.mark.parametrize("content", [b"", b"\x00\x01", b"x;y\n1;2"])
    def test_it_says_why_a_file_is_none(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(CommandError, match=r"\w+ \w+"):
            self._call(tmp_path, content)

    def test_it_says_that_there_is_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            call_command("import", "names", str(tmp_path / "saknas.csv"))


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, anna_head_of_security: Member) -> None:
        client.force_login(anna_head_of_security.account)

    def _send(self, client: Client, content: bytes):
        return client.post("/imports/new/names/", {"file": SimpleUploadedFile("enheter.csv", content)})

    def test_a_file_is_tried_out_shown_and_brought_in(self, client: Client) -> None:
        assert client.get("/imports/new/names/").status_code == 200
        answer = self._send(client, GOOD)
        report = client.get(answer["Location"]).content.decode()
        assert "Hemtjänsten norr → Hemtjänsten i norr" in report
        assert client.get(f"{answer['Location']}apply/").status_code == 200
        assert "har nu statusen ”inläst”" in client.post(f"{answer['Location']}apply/", follow=True).content.decode()
        assert "Nytt" in _names()

    def test_the_report_names_the_row_and_the_column_of_an_error(self, client: Client) -> None:
        report = client.get(self._send(client, BAD)["Location"]).content.decode()
        assert "”igår” är inget datum" in report
        assert "Från och med" in report

    def test_a_change_meanwhile_is_said_and_shown(self, client: Client) -> None:
        place = self._send(client, GOOD)["Location"]
        Unit.objects.filter(code="211").update(name="Annat")
        assert "har ändrats sedan filen" in client.post(f"{place}apply/").content.decode()
        assert "Annat → Hemtjänsten i norr" in client.get(place).content.decode()
        assert "Nytt" not in _names()

    def test_a_file_can_be_discarded(self, client: Client) -> None:
        place = self._send(client, GOOD)["Location"]
        assert client.post(f"{place}discard/").status_code == 302
        assert Run.objects.get().state == RunState.DISCARDED

    @pytest.mark.parametrize("content", [b"", b"x;y\n1;2", b"\x00\x01\x02"])
    def test_what_is_no_table_is_said_on_the_form(self, client: Client, content: bytes) -> None:
        answer = self._send(client, content)
        assert answer.status_code == 200
        assert not Run.objects.exists()

    def test_no_file_at_all_is_said_on_the_form(self, client: Client) -> None:
        assert client.post("/imports/new/names/").status_code == 200

    def test_the_example_can_be_imported_itself(self, client: Client) -> None:
        content = client.get("/imports/example/names/xlsx/").content
        assert load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[0] == [
            "Kod",
            "Namn",
            "Från och med",
        ]
        assert (
            self._send(client, b"".join(client.get("/imports/example/names/csv/").streaming_content)).status_code == 302
        )

    def test_the_list_shows_the_imports(self, client: Client) -> None:
        self._send(client, GOOD)
        assert "IMP-" in client.get("/imports/").content.decode()

    def test_the_list_can_be_taken_out(self, client: Client) -> None:
        self._send(client, GOOD)
        assert b"IMP-" in b"".join(client.get("/imports/", {"format": "csv"}).streaming_content)

    def test_the_pages_do_not_exist_for_others(self, client: Client, bo_coordinator: Member) -> None:
        place = self._send(client, GOOD)["Location"]
        client.force_login(bo_coordinator.account)
        assert [client.get(path).status_code for path in (place, "/imports/new/names/", f"{place}apply/")] == [404] * 3
        assert self._send(client, GOOD).status_code == 403
        assert client.post(f"{place}apply/").status_code == 403

    def test_there_is_no_page_for_what_cannot_be_imported(self, client: Client) -> None:
        assert client.get("/imports/new/other/").status_code == 404
        assert client.get("/imports/example/names/exe/").status_code == 404


def test_a_unit_that_began_long_ago_is_untouched_by_reading(anna_head_of_security: Member) -> None:
    _check(anna_head_of_security)
    assert Unit.objects.get(code="211").from_date == START == date(2020, 1, 1)

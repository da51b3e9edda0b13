"""A register extract: all that is kept about one person, nothing of others, and nothing that the law keeps back."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.people import AT, Member, Municipality, join
from varn.areas.organisation import actions
from varn.areas.organisation.models import Appointment, Function, Person
from varn.mechanisms.access.models import Subject
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.comments.models import Comment
from varn.mechanisms.extracts.gathering import Extract
from varn.mechanisms.extracts.writing import as_data, as_pdf

SYSTEM = system_viewer(at=AT, job="test")


@pytest.fixture
def dora_data_protection(municipality: Municipality) -> Member:
    municipality.functions["data_protection_coordinator"] = Function.objects.get(key="data_protection_coordinator")
    return join("Dora Dal", municipality, "data_protection_coordinator", "1")


def extract_of(member: Member) -> Extract:
    return actions.make_extract(person=member.person, reason="KS 2022/7", by=SYSTEM, at=AT)


def found(extract: Extract, model: str) -> list[dict[str, str]]:
    return [dict(row.values) for part in extract.parts if part.kept.model == model for row in part.rows]


def text_of(extract: Extract) -> str:
    return json.dumps(as_data(extract), ensure_ascii=False)


def comment_on(thing: object, text: str, by: Member | None = None) -> Comment:
    return Comment.objects.create(
        content_type=ContentType.objects.get_for_model(type(thing)),
        object_id=thing.pk,
        text=text,
        written_at=AT,
        written_by=by.account.name if by else "Någon annan",
        account=by.account if by else None,
    )


def test_what_is_kept_about_the_person_is_there(bo_coordinator: Member, anna_head_of_security: Member) -> None:
    actions.register_absence(
        person=bo_coordinator.person, kind="leave", from_date=date(2022, 4, 1), until_date=date(2022, 4, 8),
        by=bo_coordinator.viewer, at=AT,
    )  # fmt: skip
    comment_on(bo_coordinator.person, "om Bo", anna_head_of_security)
    extract = extract_of(bo_coordinator)
    assert [row["name"] for row in found(extract, "organisation.Person")] == ["Bo Berglund"]
    assert [row["email"] for row in found(extract, "access.Account")] == ["bo@ekby.example"]
    assert [row["function"] for row in found(extract, "organisation.Appointment")] == ["Säkerhetssamordnare"]
    assert [row["kind"] for row in found(extract, "organisation.Absence")] == ["leave"]
    assert "organisation:absence:register" in [row["verb"] for row in found(extract, "audit.Entry")]
    assert [row["text"] for row in found(extract, "comments.Comment")] == ["om Bo"]


def test_what_is_kept_is_told_in_plain_words_and_by_the_clock_on_the_wall(bo_coordinator: Member) -> None:
    actions.register_absence(
        person=bo_coordinator.person, kind="leave", from_date=date(2022, 4, 1), until_date=date(2022, 4, 8),
        by=bo_coordinator.viewer, at=AT,
    )  # fmt: skip
    data = as_data(extract_of(bo_coordinator))
    told = {part["model"]: [row["said"] for row in part["rows"]] for part in data["parts"]}
    assert data["made_said"] == "2022-03-01 09:00"
    assert (told["access.Account"][0]["is_active"], told["access.Account"][0]["language"]) == ("ja", "Svenska")
    assert told["organisation.Absence"][0]["until_date"] == "2022-04-07"
    assert "Bo Berglund: 2022-04-01–2022-04-07" in [row["reference"] for row in told["audit.Entry"]]
    values = [value for rows in told.values() for row in rows for value in row.values()]
    assert [value for value in values if re.search(r"\dT\d|^(true|false)$|^\w+:\w+|\{", value)] == []


def test_nothing_of_others_is_there(bo_coordinator: Member, anna_head_of_security: Member) -> None:
    comment_on(anna_head_of_security.person, "om Anna", anna_head_of_security)
    said = text_of(extract_of(bo_coordinator))
    assert "om Anna" not in said
    assert "anna@ekby.example" not in said


def test_no_secret_of_an_account_is_there(bo_coordinator: Member) -> None:
    assert bo_coordinator.account.password not in text_of(extract_of(bo_coordinator))


class TestSecrecy:
    """Whoever is examined in a case learns nothing of it, nor that there is one."""

    @pytest.fixture
    def case(self, municipality: Municipality, anna_head_of_security: Member) -> Appointment:
        return Appointment.objects.get(person=anna_head_of_security.person)

    def examined(self, case: Appointment, member: Member) -> Subject:
        return Subject.objects.create(
            content_type=ContentType.objects.get_for_model(Appointment),
            object_id=case.pk,
            person_id=member.person.pk,
            capacity="examined",
            ground="tips",
            from_at=AT,
        )

    def test_what_stands_in_the_case_is_found_without_it(self, case: Appointment, bo_coordinator: Member) -> None:
        comment_on(case, "Bo skrev detta i ärendet", bo_coordinator)
        assert "Bo skrev detta" in text_of(extract_of(bo_coordinator))

    def test_nothing_in_the_case_or_beside_it_is_there(self, case: Appointment, bo_coordinator: Member) -> None:
        comment_on(case, "Bo skrev detta i ärendet", bo_coordinator)
        self.examined(case, bo_coordinator)
        said = text_of(extract_of(bo_coordinator))
        assert "Bo skrev detta" not in said
        assert case.reference not in said
        assert "examined" not in said

    def test_an_extract_looks_the_same_whether_there_is_a_case_or_not(
        self, case: Appointment, bo_coordinator: Member
    ) -> None:
        before = as_data(extract_of(bo_coordinator))
        self.examined(case, bo_coordinator)
        after = as_data(extract_of(bo_coordinator))
        assert _without_the_extract_itself(before) == _without_the_extract_itself(after)

    def test_what_the_trail_says_of_the_case_is_not_there(self, case: Appointment, bo_coordinator: Member) -> None:
        subject = self.examined(case, bo_coordinator)
        for thing in (subject, case):
            Entry.objects.create(
                at=AT,
                account=bo_coordinator.account,
                actor="Bo Berglund",
                verb="organisation:appointment:accept",
                content_type=ContentType.objects.get_for_model(type(thing)),
                object_id=thing.pk,
                reference="HEMLIG",
            )
        assert "HEMLIG" not in text_of(extract_of(bo_coordinator))

    def test_a_case_that_has_ended_stays_secret(self, case: Appointment, bo_coordinator: Member) -> None:
        comment_on(case, "Bo skrev detta i ärendet", bo_coordinator)
        subject = self.examined(case, bo_coordinator)
        subject.until_at = AT
        subject.save()
        assert "Bo skrev detta" not in text_of(extract_of(bo_coordinator))


def _without_the_extract_itself(data: dict) -> list:
    return [part for part in data["parts"] if part["model"] != "audit.Entry"]


class TestWhoMay:
    """The duty of data protection makes extracts, and each of them stands in the trail."""

    def test_it_is_made_and_trailed_with_the_request(
        self, dora_data_protection: Member, bo_coordinator: Member
    ) -> None:
        actions.make_extract(person=bo_coordinator.person, reason="KS 1", by=dora_data_protection.viewer, at=AT)
        entry = Entry.objects.latest("pk")
        assert (entry.verb, entry.reason, entry.account) == (
            "organisation:person:extract", "KS 1", dora_data_protection.account,
        )  # fmt: skip

    def test_that_it_was_made_is_no_part_of_the_history_that_others_read(
        self, dora_data_protection: Member, bo_coordinator: Member, anna_head_of_security: Member
    ) -> None:
        actions.make_extract(person=bo_coordinator.person, reason="KS 1", by=dora_data_protection.viewer, at=AT)
        told = {
            member.account.name: [entry.verb for entry in history_of(bo_coordinator.person, viewer=member.viewer)]
            for member in (dora_data_protection, anna_head_of_security)
        }
        assert told == {"Dora Dal": ["organisation:person:extract"], "Anna Ahlberg": []}

    def test_others_make_none(self, bo_coordinator: Member, anna_head_of_security: Member) -> None:
        with pytest.raises(PermissionDenied):
            actions.make_extract(person=bo_coordinator.person, reason="x", by=anna_head_of_security.viewer, at=AT)

    def test_none_is_made_without_a_request(self, dora_data_protection: Member, bo_coordinator: Member) -> None:
        with pytest.raises(Refused):
            actions.make_extract(person=bo_coordinator.person, reason=" ", by=dora_data_protection.viewer, at=AT)
        assert not Entry.objects.filter(verb="organisation:person:extract").exists()


class TestPage:
    @pytest.fixture
    def page(self, bo_coordinator: Member) -> str:
        return f"/organisation/people/{bo_coordinator.person.pk}/extract/"

    def test_the_page_shows_it_and_gives_files(self, client: Client, dora_data_protection: Member, page: str) -> None:
        client.force_login(dora_data_protection.account)
        assert client.get(page).status_code == 200
        shown = client.post(page, {"reason": "KS 1", "file_format": "page"})
        assert "bo@ekby.example" in shown.content.decode()
        told = client.post(page, {"reason": "KS 1", "file_format": "json"})
        assert told.json()["about"]["name"] == "Bo Berglund"
        made = client.post(page, {"reason": "KS 1", "file_format": "pdf"})
        assert made.content.startswith(b"%PDF")
        assert "attachment" in made["Content-Disposition"]
        assert Entry.objects.filter(verb="organisation:person:extract").count() == 3

    def test_it_does_not_exist_for_others(self, client: Client, anna_head_of_security: Member, page: str) -> None:
        client.force_login(anna_head_of_security.account)
        assert client.get(page).status_code == 404
        assert client.post(page, {"reason": "KS 1", "file_format": "json"}).status_code == 403


class TestCommand:
    def test_it_is_written_for_a_person(self, bo_coordinator: Member, tmp_path: Path) -> None:
        out = StringIO()
        call_command("extract", "bo", stdout=out)
        assert json.loads(out.getvalue())["about"]["employee_id"] == "bo"
        path = tmp_path / "utdrag.pdf"
        call_command("extract", "BO@ekby.example", to=str(path), stdout=out)
        assert path.read_bytes().startswith(b"%PDF")
        assert path.stat().st_mode & 0o077 == 0

    def test_it_is_written_for_an_account_without_a_person(self, frida_administrator: Member) -> None:
        out = StringIO()
        call_command("extract", "frida@ekby.example", stdout=out)
        assert [row["values"]["email"] for part in json.loads(out.getvalue())["parts"] for row in part["rows"]
                if part["model"] == "access.Account"] == ["frida@ekby.example"]  # fmt: skip

    def test_whom_nobody_knows_is_said(self, db: None) -> None:
        with pytest.raises(CommandError):
            call_command("extract", "ingen")


def test_the_pdf_is_made_for_one_of_whom_there_is_much(bo_coordinator: Member) -> None:
    for number in range(300):
        comment_on(bo_coordinator.person, f"Rad {number} <b>&</b> #import", bo_coordinator)
    assert as_pdf(extract_of(bo_coordinator)).startswith(b"%PDF")


def test_a_namesake_is_marked_as_unsure(bo_coordinator: Member, municipality: Municipality) -> None:
    appointment = Appointment.objects.get(person=bo_coordinator.person)
    other = Person.objects.create(
        employee_id="x", name="Bo Berglund", sort_name="bo", from_date=date(2020, 1, 1), unit=municipality.units["31"]
    )
    item = appointment.handover.create(text="Nycklar", position=1, done_by="Bo Berglund", done_at=timezone.now())
    extract = actions.make_extract(person=other, reason="x", by=SYSTEM, at=AT)
    rows = [row for part in extract.parts if part.kept.model == "organisation.HandoverItem" for row in part.rows]
    assert [(row.values["text"], row.is_unsure) for row in rows] == [(item.text, True)]

import io
import os
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.people import AT, Member
from varn.areas.organisation.models import Appointment, Person
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.attachments import storing
from varn.mechanisms.attachments.actions import attach
from varn.mechanisms.attachments.fields import UploadField
from varn.mechanisms.attachments.jobs import YOUNGEST, sweep
from varn.mechanisms.attachments.models import Attachment
from varn.mechanisms.attachments.queries import attachments_of
from varn.mechanisms.attachments.sniffing import EXCEL, OPAQUE, WORD, media_type_of
from varn.mechanisms.attachments.storing import path_of
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.exports.files import xlsx_bytes
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def _attach(member: Member, content: bytes = b"Protokoll", name: str = "protokoll.txt") -> Attachment:
    return attach(thing=member.person, file=ContentFile(content, name=name), by=member.viewer, at=AT)


def _stored(folder: Path) -> list[Path]:
    return [found for found in folder.rglob("*") if found.is_file()] if folder.exists() else []


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def test_a_file_lies_under_a_name_that_says_nothing_readable_by_its_owner_only(bo_coordinator: Member) -> None:
    attachment = _attach(bo_coordinator)
    stored = path_of(attachment.stored_name)
    assert stored.read_bytes() == b"Protokoll"
    assert "protokoll" not in stored.name
    assert stored.stat().st_mode & 0o077 == 0


def test_adding_a_file_stands_in_the_trail_of_its_thing(bo_coordinator: Member) -> None:
    _attach(bo_coordinator)
    entry = Entry.objects.get(verb="attachments:attachment:attach")
    assert (entry.object_id, entry.changes) == (bo_coordinator.person.pk, {"file": [None, "protokoll.txt"]})


def test_the_same_content_is_stored_once_for_each_thing(bo_coordinator: Member, own_folder: Path) -> None:
    first, second = _attach(bo_coordinator), _attach(bo_coordinator, name="samma igen.txt")
    assert first == second
    assert len(_stored(own_folder)) == 1


def test_nothing_can_be_added_to_a_thing_one_may_not_see(
    bo_coordinator: Member, cecilia_head_of_department: Member, own_folder: Path
) -> None:
    with pytest.raises(PermissionDenied):
        attach(
            thing=bo_coordinator.person, file=ContentFile(b"x", name="x"), by=cecilia_head_of_department.viewer, at=AT
        )
    assert _stored(own_folder) == []


def test_an_empty_file_is_refused(bo_coordinator: Member) -> None:
    with pytest.raises(Refused):
        _attach(bo_coordinator, b"")


def test_a_file_whose_row_cannot_be_written_is_removed(bo_coordinator: Member, own_folder: Path) -> None:
    viewer = bo_coordinator.viewer
    with pytest.raises(DatabaseError), transaction.atomic():
        attach(thing=bo_coordinator.person, file=ContentFile(b"x", name="a"), by=viewer, at=None)  # type: ignore[arg-type]
    assert _stored(own_folder) == []


def test_what_a_failed_change_left_behind_is_swept_up_but_nothing_else(
    bo_coordinator: Member, own_folder: Path
) -> None:
    kept = _attach(bo_coordinator)
    with transaction.atomic():
        _attach(bo_coordinator, b"another")
        transaction.set_rollback(True)
    for stored in _stored(own_folder):
        os.utime(stored, (AT.timestamp(), AT.timestamp()))
    by = system_viewer(at=AT, job="attachments:sweep")
    assert sweep(by=by, at=AT + YOUNGEST) == 0
    assert sweep(by=by, at=AT + YOUNGEST + timedelta(seconds=1)) == 1
    assert _stored(own_folder) == [path_of(kept.stored_name)]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "/etc/passwd", "a" * 47, "A" * 48, "g" * 48, ""])
def test_only_names_that_were_given_out_lead_to_a_file(name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        path_of(name)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../a.txt", "_.._a.txt"),
        ("a\r\nb.pdf", "a_b.pdf"),
        ("evil\u202efdp.exe", "evil_fdp.exe"),
        ("  ", "fil"),
        ("å.docx", "å.docx"),
    ],
)
def test_the_name_it_came_with_is_shown_without_tricks(bo_coordinator: Member, given_name: str, shown: str) -> None:
    file = SimpleUploadedFile("x", b"content")
    file._name = given_name
    assert attach(thing=bo_coordinator.person, file=file, by=bo_coordinator.viewer, at=AT).name == shown


def test_a_long_name_keeps_its_ending(bo_coordinator: Member) -> None:
    name = _attach(bo_coordinator, name="x" * 400 + ".docx").name
    assert len(name) == 200
    assert name.endswith(".docx")


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"%PDF-1.7 x", "a.txt", "application/pdf"),
        (b"\x89PNG\r\n\x1a\nx", "a", "image/png"),
        (b"\xff\xd8\xffx", "a", "image/jpeg"),
        ("Räksmörgås".encode(), "a.txt", "text/plain"),
        ("Räksmörgås".encode("cp1252"), "a", "text/plain"),
        (b"a;b", "A.CSV", "text/csv"),
        (b"a;b", "a.html", "text/plain"),
        (b"\x00\x01", "a.txt", OPAQUE),
        (b"MZ\x90\x00", "a.pdf", OPAQUE),
        (_zip("[Content_Types].xml", "word/document.xml"), "a", WORD),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "a", EXCEL),
        (_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", OPAQUE),
        (_zip("a.txt"), "a.docx", OPAQUE),
        (b"PK\x03\x04broken", "a.docx", OPAQUE),
        (b"   ", "a.txt", OPAQUE),
    ],
)
def test_what_a_file_is_is_read_from_its_content(content: bytes, name: str, media_type: str) -> None:
    assert media_type_of(content, name) == media_type


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_content_has_a_media_type(content: bytes, name: str) -> None:
    assert media_type_of(content, name)


def test_our_own_workbook_is_known_as_one() -> None:
    assert media_type_of(xlsx_bytes([Column("A", lambda row: row)], ["x"])) == EXCEL


class TestReading:
    def test_files_are_listed_for_who_sees_the_thing(
        self, bo_coordinator: Member, cecilia_head_of_department: Member
    ) -> None:
        attachment = _attach(bo_coordinator)
        things = Person.objects.filter(pk=bo_coordinator.person.pk)
        assert attachments_of(things, viewer=bo_coordinator.viewer) == {bo_coordinator.person.pk: [attachment]}
        assert attachments_of(things, viewer=cecilia_head_of_department.viewer) == {}

    def test_a_file_is_saved_and_never_shown_in_place(self, client: Client, bo_coordinator: Member) -> None:
        attachment = _attach(bo_coordinator, name="protokoll å.txt")
        client.force_login(bo_coordinator.account)
        answer = client.get(f"/attachments/{attachment.pk}/")
        assert b"".join(answer.streaming_content) == b"Protokoll"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert "no-store" in answer["Cache-Control"]

    def test_a_stranger_is_told_that_there_is_no_such_file(
        self, client: Client, bo_coordinator: Member, cecilia_head_of_department: Member
    ) -> None:
        attachment = _attach(bo_coordinator)
        client.force_login(cecilia_head_of_department.account)
        assert client.get(f"/attachments/{attachment.pk}/").status_code == 404

    def test_the_right_to_a_file_goes_with_the_right_to_its_thing(self, client: Client, bo_coordinator: Member) -> None:
        attachment = _attach(bo_coordinator)
        Appointment.objects.update(until_date=date(2020, 2, 1))
        client.force_login(bo_coordinator.account)
        assert client.get(f"/attachments/{attachment.pk}/").status_code == 404

    def test_a_file_that_is_gone_from_the_disk_is_not_found(self, client: Client, bo_coordinator: Member) -> None:
        attachment = _attach(bo_coordinator)
        storing.remove(attachment.stored_name)
        client.force_login(bo_coordinator.account)
        assert client.get(f"/attachments/{attachment.pk}/").status_code == 404

    def test_who_has_not_signed_in_is_led_to_the_door(self, client: Client, bo_coordinator: Member) -> None:
        assert client.get(f"/attachments/{_attach(bo_coordinator).pk}/").status_code == 302


def _echo(request) -> HttpResponse:
    return HttpResponse(str(request.FILES["file"].size))


class TestUploads:
    def test_a_file_is_held_in_memory_and_nothing_is_left_in_the_temporary_folder(
        self, settings, tmp_path: Path, client: Client, anna_head_of_security: Member
    ) -> None:
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "tmp")
        (tmp_path / "tmp").mkdir()
        request = RequestFactory().post("/", {"file": SimpleUploadedFile("a", b"x" * 3_000_000)})
        assert _echo(request).content == b"3000000"
        assert list((tmp_path / "tmp").iterdir()) == []

    def test_a_file_at_the_limit_is_taken_and_one_above_is_refused_with_a_sentence(
        self, settings, bo_coordinator: Member
    ) -> None:
        settings.UPLOAD_LIMIT = 1024 * 1024
        at, above = (SimpleUploadedFile("a", b"x" * size) for size in (1024 * 1024, 1024 * 1024 + 1))
        assert RequestFactory().post("/", {"file": at}).FILES["file"].size == 1024 * 1024
        refused = RequestFactory().post("/", {"file": above}).FILES["file"]
        with pytest.raises(Refused) as error:
            attach(thing=bo_coordinator.person, file=refused, by=bo_coordinator.viewer, at=AT)
        assert error.value.refusal.values == {"limit": 1}

    def test_a_form_says_why_a_large_file_was_refused(self, settings) -> None:
        settings.UPLOAD_LIMIT = 10
        from_request = RequestFactory().post("/", {"file": SimpleUploadedFile("a", b"x" * 11)})
        refused = from_request.FILES["file"]
        assert refused.read() == b""
        with pytest.raises(ValidationError, match="MB"):
            UploadField().clean(refused)

    def test_an_endless_request_is_cut(self, settings) -> None:
        settings.UPLOAD_LIMIT = 1000
        request = RequestFactory().post("/", {"file": SimpleUploadedFile("a", b"x" * 500_000)})
        assert "file" not in request.FILES

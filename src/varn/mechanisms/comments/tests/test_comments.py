import pytest
from django.core.exceptions import PermissionDenied
from django.db import models
from django.test import Client

from tests.people import AT, Member
from varn.areas.organisation.models import Person
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.comments.actions import write_comment
from varn.mechanisms.comments.models import Comment
from varn.mechanisms.comments.queries import comments_on

pytestmark = pytest.mark.django_db
TEXT = "Ring före klockan tio."


@pytest.fixture
def page(bo_coordinator: Member) -> str:
    return f"/organisation/people/{bo_coordinator.person.pk}/"


def _address(thing: models.Model, verb: str = "comment") -> str:
    return f"/records/organisation/person/{thing.pk}/{verb}/"


def test_a_comment_stands_on_the_page_of_its_record_for_everyone_who_sees_it(
    client: Client, bo_coordinator: Member, anna_head_of_security: Member, page: str
) -> None:
    client.force_login(anna_head_of_security.account)
    answer = client.post(_address(bo_coordinator.person), {"text": TEXT}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    client.force_login(bo_coordinator.account)
    assert TEXT in client.get(page).text


def test_who_does_not_see_the_record_neither_reads_nor_writes(
    client: Client, bo_coordinator: Member, cecilia_head_of_department: Member, page: str
) -> None:
    write_comment(thing=bo_coordinator.person, text=TEXT, by=bo_coordinator.viewer, at=AT)
    assert not comments_on(bo_coordinator.person, viewer=cecilia_head_of_department.viewer)
    client.force_login(cecilia_head_of_department.account)
    assert client.get(_address(bo_coordinator.person)).status_code == 404
    assert client.post(_address(bo_coordinator.person), {"text": "Hej"}).status_code == 404
    with pytest.raises(PermissionDenied):
        write_comment(thing=bo_coordinator.person, text="Hej", by=cecilia_head_of_department.viewer, at=AT)
    assert Comment.objects.count() == 1


def test_who_may_only_read_is_offered_no_comment(
    client: Client, bo_coordinator: Member, frida_administrator: Member
) -> None:
    client.force_login(frida_administrator.account)
    page = client.get(f"/organisation/units/{bo_coordinator.person.unit_id}/")
    assert page.status_code == 200
    assert "Skriv en kommentar" not in page.text


def test_that_somebody_commented_stands_in_the_history_without_the_words(bo_coordinator: Member) -> None:
    write_comment(thing=bo_coordinator.person, text=TEXT, by=bo_coordinator.viewer, at=AT)
    entry = Entry.objects.latest("pk")
    assert entry.verb == "comments:comment:write"
    assert TEXT not in str(vars(entry))


def test_what_takes_no_comments_has_no_such_page(client: Client, anna_head_of_security: Member) -> None:
    client.force_login(anna_head_of_security.account)
    assert client.get(f"/records/access/account/{anna_head_of_security.account.pk}/comment/").status_code == 404
    assert client.get("/records/nothing/at-all/1/comment/").status_code == 404


def test_a_file_added_to_a_record_is_listed_on_its_page(
    client: Client, settings, tmp_path, bo_coordinator: Member, page: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(bo_coordinator.account)
    path = tmp_path / "avtal.txt"
    path.write_text("Avtalet")
    with path.open("rb") as file:
        client.post(_address(bo_coordinator.person, "attach"), {"file": file})
    assert "avtal.txt" in client.get(page).text


def test_an_empty_comment_is_refused_in_words_and_nothing_is_written(client: Client, bo_coordinator: Member) -> None:
    client.force_login(bo_coordinator.account)
    answer = client.post(_address(bo_coordinator.person), {"text": "  "})
    assert answer.status_code == 200
    assert not Comment.objects.exists()
    assert Person.objects.filter(pk=bo_coordinator.person.pk).exists()

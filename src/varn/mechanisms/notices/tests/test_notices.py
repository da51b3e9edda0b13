from datetime import date

import pytest
from django.test import Client

from tests.people import AT, Member
from varn.areas.organisation.models import Appointment, Person
from varn.kernel.glossary import UnknownWord
from varn.mechanisms.notices.models import Notice
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.queries import notices, unread_count
from varn.mechanisms.notices.reading import mark_read

KIND = "moves:refusal.not_all_done"


def _notify(*members: Member, **values) -> int:
    given = {"kind": KIND, "values": {"count": 3}, "url": "/organisation/", "at": AT} | values
    return notify([member.account.pk for member in members], **given)


def test_a_notice_is_shown_to_its_account_alone(bo_coordinator: Member, cecilia_head_of_department: Member) -> None:
    _notify(bo_coordinator)
    assert unread_count(viewer=bo_coordinator.viewer) == 1
    assert unread_count(viewer=cecilia_head_of_department.viewer) == 0


def test_a_notice_about_what_one_may_not_see_is_neither_shown_nor_counted(
    bo_coordinator: Member, cecilia_head_of_department: Member
) -> None:
    _notify(bo_coordinator, cecilia_head_of_department, about=bo_coordinator.person)
    assert notices(viewer=bo_coordinator.viewer).count() == 1
    assert notices(viewer=cecilia_head_of_department.viewer).count() == 0
    assert unread_count(viewer=cecilia_head_of_department.viewer) == 0


def test_a_notice_goes_when_the_right_to_its_thing_goes(bo_coordinator: Member) -> None:
    _notify(bo_coordinator, about=bo_coordinator.person)
    Appointment.objects.update(until_date=date(2020, 2, 1))
    assert unread_count(viewer=bo_coordinator.viewer) == 0


def test_a_notice_about_what_is_gone_is_not_shown(bo_coordinator: Member) -> None:
    person = Person.objects.create(
        employee_id="x", name="X", sort_name="x", unit=bo_coordinator.person.unit, from_date=date(2020, 1, 1)
    )
    _notify(bo_coordinator, about=person)
    person.delete()
    assert unread_count(viewer=bo_coordinator.viewer) == 0


def test_the_same_key_gives_each_account_one_notice(bo_coordinator: Member, anna_head_of_security: Member) -> None:
    assert _notify(bo_coordinator, dedupe_key="k") == 1
    assert _notify(bo_coordinator, anna_head_of_security, dedupe_key="k") == 1
    assert Notice.objects.count() == 2


def test_a_notice_without_words_is_refused_when_it_is_given(bo_coordinator: Member) -> None:
    with pytest.raises(UnknownWord):
        _notify(bo_coordinator, kind="no:such.word")
    with pytest.raises(KeyError):
        _notify(bo_coordinator, values={})


def test_the_bell_costs_at_most_two_statements(bo_coordinator: Member, django_assert_max_num_queries) -> None:
    _notify(bo_coordinator, about=bo_coordinator.person)
    viewer = bo_coordinator.viewer
    unread_count(viewer=viewer)
    with django_assert_max_num_queries(2):
        unread_count(viewer=viewer)


def test_a_read_notice_stays_in_the_list_and_leaves_the_bell(bo_coordinator: Member) -> None:
    _notify(bo_coordinator)
    assert mark_read(viewer=bo_coordinator.viewer, at=AT) == 1
    assert unread_count(viewer=bo_coordinator.viewer) == 0
    assert notices(viewer=bo_coordinator.viewer).count() == 1


def test_nobody_marks_another_persons_notice_as_read(bo_coordinator: Member, anna_head_of_security: Member) -> None:
    _notify(bo_coordinator)
    assert mark_read(viewer=anna_head_of_security.viewer, at=AT, notice_id=Notice.objects.get().pk) == 0


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, bo_coordinator: Member) -> None:
        client.force_login(bo_coordinator.account)

    def test_the_list_says_what_waits(self, client: Client, bo_coordinator: Member) -> None:
        _notify(bo_coordinator)
        assert "Antal som återstår: 3" in client.get("/notices/").content.decode()

    def test_an_empty_list_says_what_belongs_there(self, client: Client) -> None:
        assert client.get("/notices/").status_code == 200

    def test_opening_a_notice_reads_it_and_leads_to_its_page(self, client: Client, bo_coordinator: Member) -> None:
        _notify(bo_coordinator)
        answer = client.post(f"/notices/{Notice.objects.get().pk}/open/")
        assert (answer.status_code, answer["Location"]) == (302, "/organisation/")
        assert Notice.objects.get().read_at is not None

    def test_a_notice_never_leads_out_of_the_house(self, client: Client, bo_coordinator: Member) -> None:
        _notify(bo_coordinator, url="//evil.example/x")
        assert client.post(f"/notices/{Notice.objects.get().pk}/open/")["Location"] == "/notices/"

    def test_another_persons_notice_does_not_exist(self, client: Client, anna_head_of_security: Member) -> None:
        _notify(anna_head_of_security)
        assert client.post(f"/notices/{Notice.objects.get().pk}/open/").status_code == 404

    def test_all_can_be_read_at_once(self, client: Client, bo_coordinator: Member) -> None:
        _notify(bo_coordinator)
        client.post("/notices/read/")
        assert Notice.objects.get().read_at is not None

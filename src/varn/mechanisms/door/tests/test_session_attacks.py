"""T-SESS-1: no session lets anybody in who has no right to it, whatever is tried with it.

Each attack ends with the same question: is the reader of this cookie let in? What would let them in, were it not held
against, is shown beside it by a seeded fault that the question finds.
"""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.entering import code_now, give_code_app
from tests.people import AT, PASSWORD, Member
from varn.areas.organisation.models import Appointment
from varn.mechanisms.door import actions
from varn.mechanisms.door.actions.sessions import end_sessions
from varn.mechanisms.door.models import Ending, Session
from varn.mechanisms.door.sessions import ending, sealing, store
from varn.mechanisms.notices.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/my-account/sessions/"


def _cookie(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _with(cookie: str) -> Client:
    """Another browser that has got hold of this cookie."""
    thief = Client(headers={"accept-language": "en"})
    thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return thief


def _is_let_in(cookie: str) -> bool:
    return _with(cookie).get(PAGE).status_code == 200


def _come_in(member: Member, client: Client | None = None) -> Client:
    """A browser in which the member has given password and code, as if no code of theirs had been given before."""
    client = client or Client(headers={"accept-language": "en"})
    cache.clear()
    client.post("/sign-in/", {"email": member.account.email, "password": PASSWORD})
    assert client.post("/sign-in/second/", {"code": code_now()}).status_code == 302
    assert client.get(PAGE).status_code == 200
    return client


def _row(client: Client) -> Session:
    return Session.objects.get(key=sealing.name_of(_cookie(client)))


@pytest.fixture
def bo(bo_coordinator: Member) -> Member:
    give_code_app(bo_coordinator.account)
    return bo_coordinator


@pytest.fixture
def bos_browser(bo: Member) -> Client:
    return _come_in(bo)


def test_a_session_that_somebody_planted_is_not_the_one_that_is_entered(bo: Member) -> None:
    planter = Client()
    planter.get("/sign-in/")
    planted = _cookie(planter)
    victim = _come_in(bo, _with(planted))
    assert _cookie(victim) != planted
    assert not _is_let_in(planted)


def test_a_key_that_somebody_made_up_is_not_taken_on(bo: Member) -> None:
    made_up = "a" * 32
    victim = _come_in(bo, _with(made_up))
    assert _cookie(victim) != made_up
    assert not _is_let_in(made_up)


def test_the_key_from_before_the_second_factor_is_worth_nothing_after_it(bo: Member) -> None:
    client = Client()
    client.post("/sign-in/", {"email": bo.account.email, "password": PASSWORD})
    halfway = _cookie(client)
    client.post("/sign-in/second/", {"code": code_now()})
    assert not _is_let_in(halfway)
    assert _is_let_in(_cookie(client))


def test_showing_again_who_one_is_gives_a_new_key_and_no_more_time(bo: Member, bos_browser: Client) -> None:
    before, begun = _cookie(bos_browser), _row(bos_browser).begun_at
    bos_browser.post("/sign-in/again/", {"code": code_now(1)})
    assert not _is_let_in(before)
    assert _is_let_in(_cookie(bos_browser))
    assert _row(bos_browser).begun_at == begun


def test_a_session_that_was_left_does_not_open_again(bos_browser: Client) -> None:
    cookie = _cookie(bos_browser)
    answer = bos_browser.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not _is_let_in(cookie)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda now: {"idle_until": now}, "idle"),
        (lambda now: {"ends_at": now}, "longest"),
        (lambda now: {"seen_at": now + timedelta(hours=3)}, "idle"),
    ],
    ids=["idle", "longest", "a clock that was set back"],
)
def test_a_session_whose_time_is_out_is_over(bos_browser: Client, change: Any, why: str) -> None:
    Session.objects.filter(pk=_row(bos_browser).pk).update(**change(timezone.now()))
    assert not _is_let_in(_cookie(bos_browser))
    assert f"why={why}" in bos_browser.get(PAGE)["Location"]


def test_use_keeps_a_session_from_idling_and_never_past_its_longest_time(bos_browser: Client) -> None:
    row, now = _row(bos_browser), timezone.now()
    Session.objects.filter(pk=row.pk).update(seen_at=now - timedelta(minutes=5), idle_until=now + timedelta(minutes=1))
    bos_browser.get(PAGE)
    used = _row(bos_browser)
    assert used.idle_until > now + timedelta(minutes=29)
    assert used.ends_at == row.ends_at == row.begun_at + timedelta(hours=9)


def test_closing_the_account_ends_it_at_the_next_request(
    bo: Member, bos_browser: Client, frida_administrator: Member
) -> None:
    actions.close_account(account=bo.account, by=frida_administrator.viewer, at=AT)
    assert not _is_let_in(_cookie(bos_browser))


def test_an_account_that_is_only_marked_as_closed_is_out_too(bo: Member, bos_browser: Client) -> None:
    """Also where the database was changed by other means than the deed."""
    type(bo.account).objects.filter(pk=bo.account.pk).update(is_active=False)
    assert not _is_let_in(_cookie(bos_browser))


def test_resetting_the_password_ends_it(bo: Member, bos_browser: Client, frida_administrator: Member) -> None:
    reset = actions.reset_password.unguarded
    reset(account=bo.account, by=frida_administrator.viewer, at=timezone.now())
    assert not _is_let_in(_cookie(bos_browser))


def test_a_new_password_ends_every_other_session(bo: Member, bos_browser: Client) -> None:
    other = _come_in(bo)
    actions.choose_password(
        account=bo.account, password="x" * 20, kept=_row(other).pk, by=bo.viewer_at(timezone.now()), at=timezone.now()
    )
    assert not _is_let_in(_cookie(bos_browser))


def test_a_third_session_ends_the_oldest_and_the_person_is_told(bo: Member, bos_browser: Client) -> None:
    second, third = _come_in(bo), _come_in(bo)
    assert [_is_let_in(_cookie(each)) for each in (bos_browser, second, third)] == [False, True, True]
    assert Notice.objects.filter(account=bo.account, kind="door:notice.oldest_ended").count() == 1
    assert "why=elsewhere" in bos_browser.get(PAGE)["Location"]
    assert "på ett annat ställe" in bos_browser.get("/sign-in/?why=elsewhere").content.decode()


def test_the_owner_ends_one_and_all_others(bo: Member, bos_browser: Client) -> None:
    other = _come_in(bo)
    bos_browser.post(f"{PAGE}{_row(other).pk}/end/")
    assert not _is_let_in(_cookie(other))
    third = _come_in(bo)
    bos_browser.post(f"{PAGE}end_others/")
    assert not _is_let_in(_cookie(third))
    assert _is_let_in(_cookie(bos_browser))


def test_nobody_ends_anothers_session(bos_browser: Client, cecilia_head_of_department: Member) -> None:
    stranger = Client()
    stranger.force_login(cecilia_head_of_department.account)
    assert stranger.post(f"{PAGE}{_row(bos_browser).pk}/end/").status_code == 404
    assert _is_let_in(_cookie(bos_browser))


def test_an_administrator_ends_every_session_of_an_account_within_a_second(
    bo: Member, bos_browser: Client, frida_administrator: Member
) -> None:
    begun = time.monotonic()
    end_sessions(account=bo.account, by=frida_administrator.viewer, at=timezone.now())
    assert not _is_let_in(_cookie(bos_browser))
    assert time.monotonic() - begun < 1


def test_the_end_of_an_appointment_bites_in_the_middle_of_a_session(bo: Member, bos_browser: Client) -> None:
    pages = ("/organisation/appointments/", "/decisions/assignments/")
    assert [bos_browser.get(page).status_code for page in pages] == [200, 200]
    now = timezone.now()
    appointment = Appointment.objects.get(person=bo.person)
    Appointment.objects.filter(pk=appointment.pk).update(until_date=timezone.localdate(now))
    assert [bos_browser.get(page).status_code for page in pages] == [404, 404]
    assert bos_browser.get(PAGE).status_code == 200


def test_a_copied_table_of_sessions_opens_nothing(bos_browser: Client) -> None:
    """Whatever of the row is put in a cookie: its name, part of it, or what it holds."""
    said = "so long that chance does not write it"
    held = store.SessionStore(_cookie(bos_browser))
    held["said"] = said
    held.save()
    row = _row(bos_browser)
    tried = (row.key, row.key[:32], row.key[32:], row.sealed[:32], str(row.pk), row.sealed)
    assert [_is_let_in(each) for each in tried] == [False] * len(tried)
    assert _cookie(bos_browser) not in str(vars(row))
    assert sealing.unseal(row.sealed, key=_cookie(bos_browser))["said"] == said
    assert not any(said.encode() in read for read in (row.sealed.encode(), base64.b64decode(row.sealed)))


def test_what_another_session_holds_cannot_be_moved_into_ones_own(
    bo: Member, bos_browser: Client, cecilia_head_of_department: Member
) -> None:
    thief = Client(headers={"accept-language": "en"})
    thief.force_login(cecilia_head_of_department.account)
    own = _row(thief)
    Session.objects.filter(pk=own.pk).update(sealed=_row(bos_browser).sealed, account=bo.account)
    assert not _is_let_in(_cookie(thief))


def test_a_session_whose_row_names_another_account_is_still_its_owners(
    bo: Member, cecilia_head_of_department: Member
) -> None:
    thief = Client(headers={"accept-language": "en"})
    thief.force_login(cecilia_head_of_department.account)
    Session.objects.filter(pk=_row(thief).pk).update(account=bo.account, assurance=3)
    assert thief.get("/my-account/").context["viewer"].name == "Cecilia Cederholm"


def test_a_session_that_was_ended_meanwhile_does_not_come_back_by_a_late_save(bos_browser: Client) -> None:
    late = store.SessionStore(_cookie(bos_browser))
    late["said"] = "late"
    ending.end([_row(bos_browser)], why=Ending.OWNER, at=timezone.now())
    with pytest.raises(store.UpdateError):
        late.save()
    assert not _is_let_in(_cookie(bos_browser))


def test_a_session_key_is_long_and_never_the_same(bo: Member) -> None:
    keys = {store.SessionStore()._get_new_session_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(len(key) == 32 for key in keys)


@contextmanager
def _seeded(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, fault: Any) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(where, name, fault)
        yield


def test_a_table_that_held_the_keys_themselves_would_be_found(bo: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        _seeded(monkeypatch, sealing, "name_of", lambda key: key),
        _seeded(monkeypatch, store, "name_of", lambda key: key),
    ):
        client = _come_in(bo)
        copied = Session.objects.get(account=bo.account)
        assert _is_let_in(copied.key)
        assert copied.key == _cookie(client)


def test_an_end_that_ends_nothing_would_be_found(bos_browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with _seeded(monkeypatch, store, "_ending", lambda row, now: ""):
        Session.objects.filter(pk=_row(bos_browser).pk).update(idle_until=timezone.now(), ends_at=timezone.now())
        assert _is_let_in(_cookie(bos_browser))


def test_a_key_that_stayed_the_same_would_be_found(bo: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    planter = Client()
    planter.get("/sign-in/")
    planted = _cookie(planter)
    with _seeded(monkeypatch, store.SessionStore, "cycle_key", lambda session: None):
        _come_in(bo, _with(planted))
        assert _is_let_in(planted)


def test_both_databases_keep_no_readable_session(bos_browser: Client) -> None:
    """Asked without the model, so that nothing between hides it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM door_session")
        table = str(cursor.fetchall())
    assert _cookie(bos_browser) not in table
    assert "_auth_user_id" not in table

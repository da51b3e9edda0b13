"""Access tokens: shown once, kept as a hash, ending with account and rights, and opening lists as files only."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from tests.people import Member
from varn.areas.organisation.models import Appointment
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door.actions import close_account
from varn.mechanisms.door.actions.tokens import make_token, revoke_token
from varn.mechanisms.door.jobs import remind_of_tokens
from varn.mechanisms.door.models import Session, Token
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.models import Notice

pytestmark = pytest.mark.django_db
LIST = "/organisation/people/?format=csv"


def _make(member: Member, days: int = 30, assurance: Assurance = Assurance.TWO_FACTOR) -> tuple[Token, str]:
    now = timezone.now()
    by = member.viewer_at(now)
    return make_token(account=member.account, name="uppföljning", days=days, assurance=assurance, by=by, at=now)


def _with(text: str, method: str = "get", page: str = LIST, **more: object):
    client = Client()
    return getattr(client, method)(page, headers={"authorization": f"Bearer {text}"}, **more)


def test_a_token_takes_out_a_list_in_its_owners_name(bo_coordinator: Member) -> None:
    token, text = _make(bo_coordinator)
    answer = _with(text)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert "Bo Berglund" in b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "varn_session" not in answer.cookies
    token.refresh_from_db()
    assert token.used_at is not None
    verbs = list(Entry.objects.filter(account_id=bo_coordinator.account.pk).values_list("verb", flat=True))
    assert {"door:token:make", "door:token:use", "exports:export:take_out"} <= set(verbs)
    assert not Session.objects.filter(account=bo_coordinator.account).exists()


@pytest.mark.parametrize(
    ("method", "page"),
    [
        ("get", "/organisation/people/"),
        ("get", "/my-day/"),
        ("get", "/my-account/tokens/make/"),
        ("get", "/my-account/?format=csv"),
        ("get", "/search/?q=x&format=csv"),
        ("post", LIST),
        ("post", "/my-account/tokens/make/"),
        ("get", "/about/"),
    ],
)
def test_it_opens_no_page_and_changes_nothing(bo_coordinator: Member, method: str, page: str) -> None:
    answer = _with(_make(bo_coordinator)[1], method, page)
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("text/plain")
    assert Token.objects.count() == 1


def test_a_list_that_is_not_its_owners_is_not_there(bo_coordinator: Member) -> None:
    answer = _with(_make(bo_coordinator)[1], page="/accounts/?format=csv")
    assert answer.status_code == 404
    assert b"<html" not in answer.content


def _revoke(token: Token, member: Member, frida: Member) -> None:
    revoke_token(token=token, by=member.viewer, at=timezone.now())


def _close(token: Token, member: Member, frida: Member) -> None:
    close_account(account=member.account, by=frida.viewer, at=timezone.now())


def _expire(token: Token, member: Member, frida: Member) -> None:
    now = timezone.now()
    Token.objects.update(created_at=now - timedelta(days=2), expires_at=now)


@pytest.mark.parametrize("end", [_revoke, _close, _expire])
def test_it_ends_at_once(
    bo_coordinator: Member, frida_administrator: Member, end: Callable[[Model, Member, Member], None]
) -> None:
    token, text = _make(bo_coordinator)
    assert _with(text).status_code == 200
    end(token, bo_coordinator, frida_administrator)
    answer = _with(text)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="varn"'


def test_it_has_the_rights_of_this_second(bo_coordinator: Member) -> None:
    _token, text = _make(bo_coordinator)
    assert _with(text).status_code == 200
    Appointment.objects.filter(person=bo_coordinator.person).update(until_date=timezone.localdate())
    assert _with(text).status_code == 404


def test_it_has_no_more_assurance_than_its_maker_had(bo_coordinator: Member) -> None:
    assert _with(_make(bo_coordinator, assurance=Assurance.PASSWORD)[1]).status_code == 403


def test_only_a_hash_of_it_is_kept(bo_coordinator: Member) -> None:
    token, text = _make(bo_coordinator)
    assert text not in str(vars(token))
    assert _with(token.key).status_code != 200
    assert _with(f"varn_pat_{token.key}").status_code == 401
    assert text.startswith(f"varn_pat_{token.prefix}")
    assert len(text) > 50


def test_it_is_never_valid_for_longer_than_the_rule_says(bo_coordinator: Member) -> None:
    for days in (0, 91):
        with pytest.raises(Refused):
            _make(bo_coordinator, days=days)
    assert _make(bo_coordinator, days=90)


def test_guessing_is_slowed_down_for_whoever_guesses_only(bo_coordinator: Member) -> None:
    cache.clear()
    _token, text = _make(bo_coordinator)
    guesses = [_with("varn_pat_guess", REMOTE_ADDR="192.0.2.9").status_code for _ in range(31)]
    assert guesses == [401] * 30 + [429]
    assert _with(text, REMOTE_ADDR="192.0.2.9").status_code == 429
    assert _with(text, REMOTE_ADDR="192.0.2.10").status_code == 200


def test_other_bearers_are_not_judged_here(bo_coordinator: Member) -> None:
    answer = _with("some other token")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_its_owner_makes_it_sees_it_once_and_revokes_it(bo_coordinator: Member) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(bo_coordinator.account)
    shown = client.post("/my-account/tokens/make/", {"name": "sheet", "days": "20"})
    text = shown.context["text"]
    assert text.encode() in shown.content
    listed = client.get("/my-account/tokens/").content
    assert text.encode() not in listed
    assert text[:15].encode() in listed
    client.post(f"/my-account/tokens/{Token.objects.get().pk}/revoke/")
    assert _with(text).status_code == 401


def test_nobody_revokes_anothers(bo_coordinator: Member, cecilia_head_of_department: Member) -> None:
    token, _text = _make(bo_coordinator)
    stranger = Client()
    stranger.force_login(cecilia_head_of_department.account)
    assert stranger.post(f"/my-account/tokens/{token.pk}/revoke/").status_code == 404


def test_its_owner_is_reminded_once_before_it_ends(bo_coordinator: Member) -> None:
    _make(bo_coordinator, days=30)
    _make(bo_coordinator, days=6)
    now = timezone.now()
    by = system_viewer(at=now, job="door:remind_of_tokens")
    assert [remind_of_tokens(by=by, at=now) for _ in range(2)] == [1, 0]
    assert Notice.objects.get().kind == "door:notice.token_ends"

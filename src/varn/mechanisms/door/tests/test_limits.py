"""T-RATE-1, sign-in: whoever guesses is slowed down, nobody else is, and what looks strange is told of."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from tests.entering import code_now, give_code_app
from tests.harness.rate_login import by_account_alone, run
from tests.people import PASSWORD, Member
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door import limits
from varn.mechanisms.door.limits import COOKIE
from varn.mechanisms.notices.models import Mail, Notice

pytestmark = pytest.mark.django_db
# Seconds that a dozen attempts take at the most, on a slow machine.
ENOUGH = 20


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def _try(email: str, password: str, address: str = "192.0.2.1", browser: Client | None = None):
    client = browser or Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    return client.post("/sign-in/", {"email": email, "password": password})


def test_its_owner_comes_in_while_everybody_guesses() -> None:
    seen = run(attempts=120, sources=10, between=30)
    assert seen.holds
    assert seen.guesses == {"200": 50, "429": 70}
    assert seen.entered == 8


def test_counting_by_the_account_alone_would_be_found() -> None:
    with by_account_alone():
        seen = run(attempts=60, sources=10, between=30)
    assert seen.locked_out
    assert not seen.holds


def test_a_blocked_guess_is_told_so_plainly_and_with_the_right_status(bo_coordinator: Member) -> None:
    answers = [_try(bo_coordinator.account.email, "gissning") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert b"There have been many attempts. Wait a while and try again." in answers[-1].content


def test_an_address_without_an_account_is_met_in_the_same_way(bo_coordinator: Member) -> None:
    known = [_try(bo_coordinator.account.email, "x", "192.0.2.1") for _ in range(6)]
    unknown = [_try("nobody@ekby.example", "x", "192.0.2.2") for _ in range(6)]
    assert [each.status_code for each in known] == [each.status_code for each in unknown]
    for one, other in zip(known, unknown, strict=True):
        assert one.context["form"].errors == other.context["form"].errors


def test_one_source_is_slowed_down_however_many_accounts_it_tries(db: None) -> None:
    answers = [_try(f"person{number}@ekby.example", "x").status_code for number in range(32)]
    assert answers == [200] * 30 + [429] * 2


def test_a_browser_that_somebody_made_up_is_no_source_of_its_own(bo_coordinator: Member) -> None:
    for _ in range(6):
        client = Client(REMOTE_ADDR="192.0.2.1")
        client.cookies[COOKIE] = "made:up:cookie"
        answer = _try(bo_coordinator.account.email, "x", browser=client)
    assert answer.status_code == 429


def test_a_browser_known_for_one_account_is_none_for_another(
    bo_coordinator: Member, cecilia_head_of_department: Member
) -> None:
    give_code_app(bo_coordinator.account)
    own = Client(REMOTE_ADDR="192.0.2.1")
    _try(bo_coordinator.account.email, PASSWORD, browser=own)
    own.post("/sign-in/second/", {"code": code_now()})
    assert COOKIE in own.cookies
    own.post("/sign-out/")
    for _ in range(5):
        _try(cecilia_head_of_department.account.email, "x", "192.0.2.1")
    assert _try(cecilia_head_of_department.account.email, "x", browser=own).status_code == 429
    assert _try(bo_coordinator.account.email, PASSWORD, browser=own).status_code == 302


def _enter(member: Member, client: Client, steps: int) -> None:
    _try(member.account.email, PASSWORD, browser=client)
    assert client.post("/sign-in/second/", {"code": code_now(steps)}).status_code == 302


def test_a_new_browser_is_told_of_and_a_known_one_is_not(bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    client = Client()
    _enter(bo_coordinator, client, 0)
    told = Mail.objects.filter(to=bo_coordinator.account.email, subject__contains="nytt slags webbläsare")
    assert told.count() == 1
    client.post("/sign-out/")
    _enter(bo_coordinator, client, 1)
    assert told.count() == 1


def test_entering_after_many_failures_is_told_of(bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    for number in range(5):
        _try(bo_coordinator.account.email, "x", f"192.0.2.{number}")
    _enter(bo_coordinator, Client(), 0)
    assert Entry.objects.filter(verb="access:account:enter_after_failures").count() == 1
    assert Mail.objects.filter(to=bo_coordinator.account.email, subject__contains="misslyckades").count() == 1


@pytest.fixture
def one_hour() -> None:
    """So much is left of the hour in which failures are counted that all of them fall in it."""
    left = limits.AN_HOUR.total_seconds() - time.time() % limits.AN_HOUR.total_seconds()
    if left < ENOUGH:
        time.sleep(left + 0.1)


def _alarms() -> dict[str, int]:
    return {
        "notices": Notice.objects.filter(kind="door:notice.many_failures").count(),
        "mails": Mail.objects.filter(to="frida@ekby.example").count(),
        "entries": Entry.objects.filter(verb="access:account:alarm").count(),
    }


def test_alarmingly_many_failures_are_told_of_once(
    frida_administrator: Member, monkeypatch: pytest.MonkeyPatch, one_hour: None
) -> None:
    monkeypatch.setattr(limits, "ALARMING", 4)
    for number in range(8):
        _try(f"person{number}@ekby.example", "x", f"192.0.2.{number}")
        told = int(number >= 3)
        assert _alarms() == {"notices": told, "mails": told, "entries": told}


def test_those_who_are_not_even_looked_at_count_for_the_alarm(
    frida_administrator: Member, monkeypatch: pytest.MonkeyPatch, one_hour: None
) -> None:
    monkeypatch.setattr(limits, "ALARMING", 9)
    answers = [_try("person@ekby.example", "x", "192.0.2.1").status_code for _number in range(12)]
    assert answers == [200] * 5 + [429] * 7
    assert _alarms() == {"notices": 1, "mails": 1, "entries": 1}

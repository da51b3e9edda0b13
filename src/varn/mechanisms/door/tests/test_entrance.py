from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.entering import code_now, come_in, give_code_app
from tests.people import AT, PASSWORD, Member
from varn.mechanisms.access.models import Account
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door.links import owner_of_link, password_path
from varn.mechanisms.installation.models import Setting
from varn.mechanisms.web.chance import without_chance

ClientOf = Callable[[Member], Client]
NEW = "ett helt nytt lösenord"


@pytest.fixture
def stranger(client_of: ClientOf, db: None) -> Client:
    return Client(headers={"accept-language": "en"})


def _sign_in(client: Client, email: str, password: str, **more: str):
    return client.post("/sign-in/", {"email": email, "password": password, **more})


def test_the_right_password_and_code_open_and_lead_on(stranger: Client, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    answer = _sign_in(stranger, "BO@ekby.example ", PASSWORD, next="/about/")
    assert answer["Location"] == "/sign-in/second/"
    assert stranger.get("/my-account/").status_code == 302
    assert stranger.post("/sign-in/second/", {"code": code_now()})["Location"] == "/about/"
    assert stranger.get("/my-account/").status_code == 200
    assert Entry.objects.get(verb="access:account:sign_in").actor == "Bo Berglund"


def test_nobody_is_led_to_another_site(stranger: Client, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    assert come_in(stranger, bo_coordinator.account, next="https://evil.example/")["Location"] == "/"


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(stranger: Client, bo_coordinator: Member) -> None:
    wrong = _sign_in(stranger, "bo@ekby.example", "fel")
    unknown = _sign_in(stranger, "nobody@ekby.example", "fel")
    told = without_chance(wrong.content).replace(b"bo@ekby", b"nobody@ekby")
    assert told == without_chance(unknown.content)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that a password is hashed."""
    times: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        times.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(hasher, "encode", counted)
    return times


def test_as_much_work_is_done_whoever_is_tried(
    hashed: list[str],
    bo_coordinator: Member,
    anna_head_of_security: Member,
    cecilia_head_of_department: Member,
    frida_administrator: Member,
) -> None:
    """A wrong password, an account that waits for its first, a closed one, an address that nobody has."""
    anna_head_of_security.account.set_unusable_password()
    anna_head_of_security.account.save()
    Account.objects.filter(pk=cecilia_head_of_department.account.pk).update(is_active=False)
    _sign_in(Client(REMOTE_ADDR="192.0.2.99"), "frida@ekby.example", "the first of all reads what is then known")
    seen = {}
    hashed.clear()
    for number, name in enumerate(("bo", "anna", "cecilia", "nobody")):
        with CaptureQueriesContext(connection) as asked:
            _sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), f"{name}@ekby.example", "fel")
        seen[name] = (len(hashed), len(asked))
        hashed.clear()
    assert seen == dict.fromkeys(seen, seen["bo"])
    assert seen["bo"][0] == 1


@pytest.mark.parametrize("closed", [True, False], ids=["a closed account", "an account that comes in elsewhere"])
def test_the_right_password_of_who_is_not_let_in_is_met_as_a_wrong_one(
    settings: Any, bo_coordinator: Member, closed: bool
) -> None:
    """Else somebody could try whether a password is right, without being let in and without being slowed down."""
    settings.SSO_ONLY = not closed
    Account.objects.filter(pk=bo_coordinator.account.pk).update(is_active=not closed)
    answers = {}
    for number, password in enumerate((PASSWORD, "fel")):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        answers[password] = [_sign_in(browser, "bo@ekby.example", password) for _time in range(6)]
    codes = {password: [answer.status_code for answer in several] for password, several in answers.items()}
    assert codes == dict.fromkeys(codes, [200] * 5 + [429])
    right, wrong = (without_chance(several[0].content) for several in answers.values())
    assert right == wrong
    assert Entry.objects.filter(verb="access:account:fail_sign_in").count() == 10


def test_a_closed_account_opens_nothing(stranger: Client, bo_coordinator: Member) -> None:
    bo_coordinator.account.is_active = False
    bo_coordinator.account.save()
    assert "do not open any account" in _sign_in(stranger, "bo@ekby.example", PASSWORD).text


def test_many_wrong_attempts_must_wait_even_with_the_right_password(stranger: Client, bo_coordinator: Member) -> None:
    for _ in range(5):
        _sign_in(stranger, "bo@ekby.example", "fel")
    assert "many attempts" in _sign_in(stranger, "bo@ekby.example", PASSWORD).text


def test_anothers_wrong_attempts_do_not_lock_one_out(stranger: Client, bo_coordinator: Member) -> None:
    for _ in range(8):
        _sign_in(stranger, "bo@ekby.example", "fel")
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert _sign_in(elsewhere, "bo@ekby.example", PASSWORD).status_code == 302


def test_a_page_that_needs_an_account_leads_to_the_door_and_back(stranger: Client) -> None:
    assert stranger.get("/my-account/")["Location"] == "/sign-in/?next=/my-account/"


def test_signing_out_ends_the_session_and_asks_the_browser_to_forget(
    client_of: ClientOf, bo_coordinator: Member
) -> None:
    client = client_of(bo_coordinator)
    assert "storage" in client.post("/sign-out/")["Clear-Site-Data"]
    assert client.get("/my-account/").status_code == 302
    assert Entry.objects.get(verb="access:account:sign_out").actor == "Bo Berglund"


def test_behind_a_proxy_that_is_named_each_visitor_has_attempts_of_their_own(
    stranger: Client, bo_coordinator: Member, settings
) -> None:
    settings.PROXIES = ["127.0.0.1", "10.0.0.1"]
    for _ in range(8):
        _sign_in(Client(headers={"x-forwarded-for": "192.0.2.7, 10.0.0.1"}), "bo@ekby.example", "fel")
    assert _sign_in(stranger, "bo@ekby.example", PASSWORD).status_code == 302
    pretender = Client(headers={"x-forwarded-for": "192.0.2.9, 192.0.2.7", "accept-language": "en"})
    assert "many attempts" in _sign_in(pretender, "bo@ekby.example", PASSWORD).text


def test_where_a_stranger_says_to_come_from_is_not_believed(bo_coordinator: Member, stranger: Client) -> None:
    for number in range(5):
        _sign_in(Client(headers={"x-forwarded-for": f"192.0.2.{number}"}), "bo@ekby.example", "fel")
    assert "many attempts" in _sign_in(stranger, "bo@ekby.example", PASSWORD).text


def test_signing_out_takes_a_click_and_not_a_link(client_of: ClientOf, bo_coordinator: Member) -> None:
    assert client_of(bo_coordinator).get("/sign-out/").status_code == 405


def test_a_link_chooses_a_password_once(stranger: Client, bo_coordinator: Member) -> None:
    path = password_path(bo_coordinator.account)
    assert stranger.get(path).status_code == 200
    assert stranger.post(path, {"password": NEW, "again": NEW}).status_code == 302
    assert _sign_in(stranger, "bo@ekby.example", NEW).status_code == 302
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/password/MQ/x-y/", "/password/%00/x/", "/password/åäö/x/", "/password/OTk5/a-b/"])
def test_a_link_that_is_not_good_tells_nothing(stranger: Client, bo_coordinator: Member, path: str) -> None:
    page = stranger.get(path)
    assert page.status_code == 404
    assert "bo@ekby.example" not in page.text


@pytest.mark.parametrize(("password", "again"), [("kort", "kort"), (NEW, NEW + "!"), (NEW, "")])
def test_a_weak_or_mistyped_password_is_not_chosen(
    stranger: Client, bo_coordinator: Member, password: str, again: str
) -> None:
    path = password_path(bo_coordinator.account)
    page = stranger.post(path, {"password": password, "again": again})
    assert page.context["form"].errors
    assert bo_coordinator.account.check_password(PASSWORD)


def test_ones_own_password_is_changed_by_who_knows_it(client_of: ClientOf, bo_coordinator: Member) -> None:
    client = client_of(bo_coordinator)
    refused = client.post("/my-account/password/", {"current": "fel", "password": NEW, "again": NEW})
    assert "That is not your password" in refused.text
    client.post("/my-account/password/", {"current": PASSWORD, "password": NEW, "again": NEW})
    bo_coordinator.account.refresh_from_db()
    assert bo_coordinator.account.check_password(NEW)
    assert client.get("/my-account/").status_code == 200


def test_whoever_sits_down_at_an_open_session_cannot_guess_the_password_for_long(
    client_of: ClientOf, bo_coordinator: Member
) -> None:
    client = client_of(bo_coordinator)
    sent = {"password": NEW, "again": NEW}
    for _ in range(5):
        assert "That is not your password" in client.post("/my-account/password/", sent | {"current": "fel"}).text
    assert Entry.objects.filter(verb="access:account:fail_sign_in").count() == 5
    assert "many attempts" in client.post("/my-account/password/", sent | {"current": PASSWORD}).text
    bo_coordinator.account.refresh_from_db()
    assert bo_coordinator.account.check_password(PASSWORD)


def test_the_language_is_kept_in_the_browser_and_with_the_account(client_of: ClientOf, bo_coordinator: Member) -> None:
    client = client_of(bo_coordinator)
    client.post("/language/", {"language": "en", "next": "/about/"})
    bo_coordinator.account.refresh_from_db()
    assert bo_coordinator.account.language == "en"
    assert "About Värn" in Client(headers={"accept-language": "sv"}, HTTP_COOKIE="varn_language=en").get("/about/").text


def test_a_language_that_is_not_there_is_passed_over(stranger: Client) -> None:
    assert "varn_language" not in stranger.post("/language/", {"language": "xx"}).cookies


def test_a_sign_in_is_recorded_at_its_own_time(stranger: Client, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    come_in(stranger, bo_coordinator.account)
    bo_coordinator.account.refresh_from_db()
    assert bo_coordinator.account.last_login > AT


def test_a_link_works_for_as_many_days_as_the_municipality_has_chosen(stranger: Client, bo_coordinator: Member) -> None:
    path = password_path(bo_coordinator.account)
    uid, token = path.strip("/").split("/")[1:]
    now = timezone.now()
    assert owner_of_link(uid, token, at=now + timedelta(days=2)) == bo_coordinator.account
    assert owner_of_link(uid, token, at=now + timedelta(days=4)) is None
    Setting.objects.update_or_create(pk=1, defaults={"accent": "#0b5c7a", "reminders": {"L06": 1}})
    assert owner_of_link(uid, token, at=now + timedelta(days=2)) is None


@pytest.mark.django_db
def test_a_wrong_password_says_that_nobody_was_signed_in_and_not_that_nothing_was_saved(client: Client) -> None:
    sent = client.post(
        "/sign-in/", {"email": "nobody@ekby.example", "password": "fel"}, headers={"accept-language": "sv"}
    )
    assert "Det gick inte att logga in" in sent.text
    assert "sparas" not in sent.text

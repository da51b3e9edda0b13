"""How surely a session knows its account, what each page demands of it, and showing again who one is."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.access.world import patterns
from tests.entering import code_now, give_code_app
from tests.people import PASSWORD, Member
from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import DEMANDS, MARK, Assurance, load_demands, set_for
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.door.sessions.entering import BY_DEMO
from varn.mechanisms.door.sessions.limits import BY_BREAK_GLASS
from varn.mechanisms.door.sessions.proofs import FACTORS, shown_by
from varn.mechanisms.door.sessions.store import SessionStore

pytestmark = pytest.mark.django_db
ASKED = "/my-account/stronger/"
PASSKEY = {"method": "mfa", "type": "webauthn", "at": 2.0}
CODE = {"method": "mfa", "type": "totp", "at": 3.0}
WORD = {"method": "password", "at": 1.0}
DIRECTORY = {"method": "socialaccount", "at": 1.0}


def _browser(member: Member, level: Assurance | None, *, age: timedelta = timedelta(0)) -> Client:
    """A browser of the member whose session knows them so surely, by a proof of this age."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(member.account)
    session = client.session
    session.pop(MARK, None)
    if level is not None:
        set_for(session, level, at=timezone.now() - age, way="passkey")
    session.save()
    return client


@pytest.mark.parametrize("level", [None, Assurance.NONE, Assurance.PASSWORD])
@pytest.mark.parametrize(
    "page", ["/my-day/", "/organisation/units/", "/search/", "/accounts/", "/my-account/sessions/"]
)
def test_a_session_that_is_not_sure_enough_reaches_no_page(
    frida_administrator: Member, page: str, level: Assurance | None
) -> None:
    client = _browser(frida_administrator, level)
    assert client.get(page)["Location"].startswith(ASKED)
    refused = client.post(page, {})
    assert refused.status_code in (403, 405)
    assert client.get(client.get(page)["Location"]).status_code == 200


def test_every_page_but_those_that_make_one_surer_demands_two_factors() -> None:
    weak = {
        name for name, entry in patterns(get_resolver()) if getattr(entry.callback, "assurance", 9) < DEMANDS.default
    }
    assert weak <= {
        "access:sign-out", "access:own-account", "access:change-password", "account_reauthenticate",
        "door:stronger", "door:break_glass-enter",
        # Open to one proof only while there is no factor at all (`views.factors.first_of_the_weak`).
        "access:passkey-add", "access:code_app-add",
    }  # fmt: skip


@pytest.mark.weak
def test_a_session_that_says_nothing_of_itself_has_no_assurance(bo_coordinator: Member) -> None:
    client = Client()
    client.force_login(bo_coordinator.account)
    assert client.get("/my-day/")["Location"].startswith(ASKED)


def test_what_is_said_of_one_account_does_not_hold_for_another(bo_coordinator: Member) -> None:
    client = _browser(bo_coordinator, Assurance.PHISHING_RESISTANT)
    session = client.session
    session["_auth_user_id"] = "424242"
    assert assurance.of(session) == Assurance.NONE


def test_a_permission_that_demands_more_sends_its_holder_to_show_more(frida_administrator: Member) -> None:
    page = f"/accounts/{frida_administrator.account.pk}/break_glass/make/"
    weak = _browser(frida_administrator, Assurance.TWO_FACTOR)
    assert weak.get(page)["Location"] == f"{ASKED}?next={page.replace('/', '%2F')}&level=phishing_resistant"
    refused = weak.post(page)
    assert refused.status_code == 403
    assert b"passkey or a smart card" in refused.content
    assert _browser(frida_administrator, Assurance.PHISHING_RESISTANT).get(page).status_code == 200


def test_who_does_not_hold_the_permission_is_not_told_what_it_demands(bo_coordinator: Member) -> None:
    weak = _browser(bo_coordinator, Assurance.TWO_FACTOR)
    assert weak.get(f"/accounts/{bo_coordinator.account.pk}/break_glass/make/").status_code == 404


@pytest.mark.parametrize(
    ("records", "level"),
    [
        ([], None),
        ([DIRECTORY], None),
        ([WORD], Assurance.PASSWORD),
        ([WORD, CODE], Assurance.TWO_FACTOR),
        ([PASSKEY], Assurance.PHISHING_RESISTANT),
        ([WORD, PASSKEY, CODE], Assurance.PHISHING_RESISTANT),
        ([{"method": "mfa", "type": "unheard of", "at": 1.0}], None),
    ],
)
def test_what_was_shown_comes_to_a_level(records: list[dict[str, object]], level: Assurance | None) -> None:
    shown = shown_by(records)
    assert (shown and shown.level) == level
    assert shown is None or shown.at == max(float(str(record["at"])) for record in records)


def test_password_and_code_make_a_session_of_two_factors(bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    client = Client()
    client.post("/sign-in/", {"email": bo_coordinator.account.email, "password": PASSWORD})
    client.post("/sign-in/second/", {"code": code_now()})
    assert assurance.of(client.session) == Assurance.TWO_FACTOR
    assert client.get("/my-day/").status_code == 200


def test_every_way_in_has_its_word() -> None:
    ways = {way for _level, way in FACTORS.values()} | {"oidc", "saml"} | {"password", BY_DEMO, BY_BREAK_GLASS}
    assert [way for way in ways if f"door:way.{way}" not in GLOSSARY] == []


def test_the_table_of_demands_is_read_strictly(tmp_path: Path) -> None:
    table = tmp_path / "assurance.toml"
    table.write_text('default = "two_factor"\n[demands]\n"a:b" = "phishing_resistant"\n"a:b:c" = "two_factor"\n')
    demands = load_demands(table)
    assert [demands.of(each) for each in ("a:b:d", "a:b:c", "a:bb:c", "x")] == [3, 2, 2, 2]
    for wrong in (
        'default = "sure"',
        'default = "two_factor"\n[demands]\n"a" = "password"',
        'default = "password"\nx = 1',
    ):
        table.write_text(wrong)
        with pytest.raises(ValueError, match=r"assurance|unknown|less"):
            load_demands(table)


def test_every_demand_is_of_a_permission_that_somebody_holds() -> None:
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert all(any(f"{each}:".startswith(f"{start}:") for each in held) for start in DEMANDS.more)


def test_a_sensitive_step_asks_again_after_a_while_and_leads_back(frida_administrator: Member) -> None:
    fresh, stale = (_browser(frida_administrator, Assurance.PHISHING_RESISTANT, age=age) for age in _ages())
    assert fresh.get("/accounts/create/").status_code == 200
    assert stale.get("/accounts/create/")["Location"] == "/sign-in/again/?next=%2Faccounts%2Fcreate%2F"
    assert stale.get("/accounts/").status_code == 200


def test_what_was_written_waits_until_one_has_shown_again_who_one_is(frida_administrator: Member) -> None:
    give_code_app(frida_administrator.account)
    stale = _browser(frida_administrator, Assurance.PHISHING_RESISTANT, age=_ages()[1])
    written = {"name": "Åsa <Öst>", "email": "asa@ekby.example", "language": "sv"}
    asked = stale.post("/accounts/create/", written | {"password": "not to be kept"})
    assert asked["Location"] == "/sign-in/again/?next=%2Fmy-account%2Fkept%2F"
    assert not Account.objects.filter(email="asa@ekby.example").exists()
    shown = stale.post("/sign-in/again/", {"code": code_now(), "next": "/my-account/kept/"})
    assert shown["Location"] == "/my-account/kept/"
    page = stale.get("/my-account/kept/")
    assert "Åsa &lt;Öst&gt;" in page.content.decode()
    assert b"not to be kept" not in page.content
    kept = dict(page.context["kept"].fields)
    assert stale.post(page.context["kept"].path, kept).status_code == 200
    assert Account.objects.get(email="asa@ekby.example").name == "Åsa <Öst>"
    assert stale.get("/my-account/kept/").context["kept"] is None


def _kept_by(member: Member) -> Client:
    """A browser in which something was written that waits for its writer to show who they are."""
    give_code_app(member.account)
    client = _browser(member, Assurance.PHISHING_RESISTANT, age=_ages()[1])
    client.post("/accounts/create/", {"name": "Åsa Öst", "email": "asa@ekby.example", "language": "sv"})
    assert client.get("/my-account/kept/").context["kept"] is not None
    return client


def test_what_waits_is_gone_with_the_session(frida_administrator: Member) -> None:
    client = _kept_by(frida_administrator)
    client.post("/sign-out/")
    client.post("/sign-in/", {"email": frida_administrator.account.email, "password": PASSWORD})
    assert client.post("/sign-in/second/", {"code": code_now()}).status_code == 302
    assert client.get("/my-account/kept/").context["kept"] is None


@pytest.mark.parametrize("leaves", [True, False])
def test_what_waits_is_not_for_whoever_comes_in_by_the_same_browser(
    frida_administrator: Member, bo_coordinator: Member, leaves: bool
) -> None:
    client = _kept_by(frida_administrator)
    if leaves:
        client.post("/sign-out/")
    client.force_login(bo_coordinator.account)
    page = client.get("/my-account/kept/")
    assert page.status_code == 200
    assert page.context["viewer"].name == bo_coordinator.account.name
    assert page.context["kept"] is None


def test_what_waits_is_asked_for_by_nobody_else(frida_administrator: Member, bo_coordinator: Member) -> None:
    _kept_by(frida_administrator)
    assert _browser(bo_coordinator, Assurance.TWO_FACTOR).get("/my-account/kept/").context["kept"] is None
    assert Client().get("/my-account/kept/").status_code == 302


def test_another_form_that_is_sent_meanwhile_leaves_what_waits(frida_administrator: Member) -> None:
    client = _kept_by(frida_administrator)
    assert client.post("/sign-in/again/", {"code": code_now()}).status_code == 302
    client.post(f"/accounts/{frida_administrator.account.pk}/close/")
    assert client.get("/my-account/kept/").context["kept"] is not None


SENSITIVE = (
    "access:account-create", "access:account-reset_password", "access:account-reset_factors", "access:account-close",
    "access:account-open", "door:account-end_sessions", "door:token-make", "door:break_glass-make",
    "door:break_glass-seal", "imports:run-apply", "organisation:function-create", "organisation:function-change",
    "access:passkey-add", "access:factor-remove", "access:code_app-add", "access:recovery_codes-make",
)  # fmt: skip


@pytest.mark.parametrize("name", SENSITIVE)
def test_every_sensitive_step_is_marked(name: str) -> None:
    assert getattr(dict(patterns())[name].callback, "fresh", False)


def test_a_session_is_told_of_by_its_row(bo_coordinator: Member) -> None:
    client = _browser(bo_coordinator, Assurance.TWO_FACTOR)
    store: SessionBase = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    assert store.get(MARK)["level"] == 2
    assert getattr(store, "row").assurance == 2  # noqa: B009


def _ages() -> tuple[timedelta, timedelta]:
    return timedelta(minutes=14), timedelta(minutes=16)

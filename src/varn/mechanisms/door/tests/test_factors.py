"""Passkeys, apps for codes and recovery codes: made at the first sign-in and later, shown, and taken away."""

import json
import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests.entering import SECRET, code_now, come_in, give_code_app, living_code
from tests.passkeys import SoftPasskey, give_passkey, passkeys_of
from tests.people import AT, PASSWORD, Member
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.assurance import Assurance, set_for
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door import actions
from varn.mechanisms.door.factors import factors_of
from varn.mechanisms.door.jobs import seal_factors
from varn.mechanisms.door.sealing import Unopened, is_newest, seal, unseal
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.models import Mail

ClientOf = Callable[[Member], Client]


@pytest.fixture
def stranger(client_of: ClientOf, db: None) -> Client:
    return Client(headers={"accept-language": "en"}, **{"wsgi.url_scheme": "https"})


def _password(client: Client, member: Member, **more: str):
    return client.post("/sign-in/", {"email": member.account.email, "password": PASSWORD, **more})


def _options(page) -> dict:
    return json.loads(page.context["options"])


def _enrol(client: Client, member: Member) -> SoftPasskey:
    """The member has come in with a password for the first time and made this passkey."""
    passkey = SoftPasskey()
    _password(client, member)
    made = passkey.create(_options(client.get("/sign-in/first/")))
    assert client.post("/sign-in/first/", {"name": "", "credential": json.dumps(made)}).status_code == 200
    return passkey


def test_whoever_has_only_a_password_is_led_to_make_more_and_reaches_nothing_else(
    stranger: Client, bo_coordinator: Member
) -> None:
    assert _password(stranger, bo_coordinator)["Location"] == "/sign-in/first/"
    assert stranger.get("/my-account/")["Location"].startswith("/sign-in/")
    assert stranger.get("/sign-in/first/").status_code == 200
    assert not Entry.objects.filter(verb="access:account:sign_in").exists()


def test_a_passkey_made_at_the_first_sign_in_lets_one_in_and_shows_the_recovery_codes(
    stranger: Client, bo_coordinator: Member
) -> None:
    passkey = SoftPasskey()
    _password(stranger, bo_coordinator, next="/about/")
    made = passkey.create(_options(stranger.get("/sign-in/first/")))
    shown = stranger.post("/sign-in/first/", {"name": "Bos dator", "credential": json.dumps(made)})
    assert len(shown.context["codes"]) == 10
    assert shown.context["onward"] == "/about/"
    assert [str(each) for each in passkeys_of(bo_coordinator.account)] == ["Bos dator"]
    assert stranger.get("/my-account/").context["viewer"].name == "Bo Berglund"


def test_a_passkey_opens_alone(stranger: Client, bo_coordinator: Member) -> None:
    passkey = _enrol(stranger, bo_coordinator)
    elsewhere = Client(**{"wsgi.url_scheme": "https"})
    options = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    assert "allowCredentials" not in options["publicKey"] or not options["publicKey"]["allowCredentials"]
    answer = elsewhere.post("/sign-in/passkey/", {"credential": json.dumps(passkey.get(options)), "next": "/about/"})
    assert answer["Location"] == "/about/"
    assert elsewhere.get("/my-account/").context["viewer"].name == "Bo Berglund"


def test_a_passkey_that_has_not_made_sure_of_its_owner_opens_nothing(stranger: Client, bo_coordinator: Member) -> None:
    passkey = _enrol(stranger, bo_coordinator)
    passkey.flags = SoftPasskey(verifies=False).flags
    elsewhere = Client(**{"wsgi.url_scheme": "https"})
    options = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    elsewhere.post("/sign-in/passkey/", {"credential": json.dumps(passkey.get(options))})
    assert elsewhere.get("/my-account/").status_code == 302


@pytest.mark.parametrize("fault", ["challenge", "site", "owner", "nothing"])
def test_a_passkeys_answer_that_is_not_right_opens_nothing(
    stranger: Client, bo_coordinator: Member, cecilia_head_of_department: Member, fault: str
) -> None:
    passkey = _enrol(stranger, bo_coordinator)
    elsewhere = Client(**{"wsgi.url_scheme": "https"})
    options = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    if fault == "challenge":
        options["publicKey"]["challenge"] = "AAAA"
    if fault == "site":
        passkey.origin = "https://evil.example"
    answer = passkey.get(options)
    if fault == "owner":
        answer["response"]["userHandle"] = "OTk5OTk5"
    sent = {"credential": "{}" if fault == "nothing" else json.dumps(answer)}
    assert elsewhere.post("/sign-in/passkey/", sent)["Location"] == "/sign-in/"
    assert elsewhere.get("/my-account/").status_code == 302


NO_ANSWERS = (
    "0",
    "false",
    "NaN",
    "[]",
    '"x"',
    "[1]",
    '{"id": 1}',
    '{"rawId": "!", "response": 1}',
    "[" * 5_000,
    "1" * 5_000,
)
SPOILED = (None, 0, "", "!", "AAAA", [], {}, "A" * 3_000)


def _spoiled(answer: dict) -> list[str]:
    """The answer with one of its needed parts after the other spoiled, and missing."""
    needed = [(answer, "rawId"), (answer, "response"), *((answer["response"], name) for name in answer["response"])]
    found = []
    for thing, name in needed:
        kept = thing.pop(name)
        found.append(json.dumps(answer))
        for value in SPOILED:
            thing[name] = value
            found.append(json.dumps(answer))
        thing[name] = kept
    return found


def test_what_is_no_passkeys_answer_opens_nothing_and_is_no_fault(stranger: Client, bo_coordinator: Member) -> None:
    passkey = _enrol(stranger, bo_coordinator)
    elsewhere = Client(**{"wsgi.url_scheme": "https"})
    options = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    right = passkey.get(options)
    another = SoftPasskey().get(options)["response"]["signature"]
    forged = {**right, "response": {**right["response"], "signature": another}}
    for number, credential in enumerate([*NO_ANSWERS, json.dumps(forged), *_spoiled(right)]):
        answer = elsewhere.post("/sign-in/passkey/", {"credential": credential}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer["Location"] == "/sign-in/"
        assert elsewhere.get("/my-account/").status_code == 302
    assert elsewhere.post("/sign-in/passkey/", {"credential": json.dumps(right)})["Location"] != "/sign-in/"


def test_what_is_no_new_passkey_makes_none_and_is_no_fault(client_of: ClientOf, bo_coordinator: Member) -> None:
    client, page = client_of(bo_coordinator), "/my-account/passkeys/add/"
    before = len(passkeys_of(bo_coordinator.account))
    passkey = SoftPasskey()
    for credential in (*NO_ANSWERS, *_spoiled(passkey.create(_options(client.get(page))))):
        assert client.post(page, {"name": "Min", "credential": credential}).status_code == 200
    assert len(passkeys_of(bo_coordinator.account)) == before


def test_a_passkey_of_a_closed_account_opens_nothing(stranger: Client, bo_coordinator: Member) -> None:
    passkey = _enrol(stranger, bo_coordinator)
    bo_coordinator.account.is_active = False
    bo_coordinator.account.save()
    elsewhere = Client(**{"wsgi.url_scheme": "https"})
    options = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    assert (
        elsewhere.post("/sign-in/passkey/", {"credential": json.dumps(passkey.get(options))})["Location"] == "/sign-in/"
    )
    assert elsewhere.get("/my-account/").status_code == 302


def test_a_passkeys_answer_works_once(stranger: Client, bo_coordinator: Member) -> None:
    passkey = _enrol(stranger, bo_coordinator)
    elsewhere = Client(**{"wsgi.url_scheme": "https"})
    options = elsewhere.get("/sign-in/passkey/", headers={"accept": "application/json"}).json()
    sent = {"credential": json.dumps(passkey.get(options))}
    elsewhere.post("/sign-in/passkey/", sent)
    elsewhere.post("/sign-out/")
    assert elsewhere.post("/sign-in/passkey/", sent)["Location"] == "/sign-in/"


def test_an_app_for_codes_can_be_made_instead_without_any_script(stranger: Client, bo_coordinator: Member) -> None:
    _password(stranger, bo_coordinator)
    page = stranger.get("/sign-in/first/code_app/")
    assert "<svg" in page.text
    secret = page.context["secret"].replace(" ", "")
    assert stranger.post("/sign-in/first/code_app/", {"code": "000000"}).context["form"].errors
    shown = stranger.post("/sign-in/first/code_app/", {"code": code_now(secret=secret)})
    assert len(shown.context["codes"]) == 10
    assert factors_of(bo_coordinator.account).has_code_app


def test_a_code_works_once(stranger: Client, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    code = code_now()
    for expected in (302, 200):
        client = Client()
        _password(client, bo_coordinator)
        assert client.post("/sign-in/second/", {"code": code}).status_code == expected


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_code_lives_for_its_own_half_minute(bo_coordinator: Member, settings, steps: int) -> None:
    settings.MFA_TOTP_TOLERANCE = 0
    app = give_code_app(bo_coordinator.account)
    assert not app.wrap().validate_code(code_now(steps))
    assert app.wrap().validate_code(living_code())


def test_many_wrong_codes_must_wait(stranger: Client, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    _password(stranger, bo_coordinator)
    for _ in range(6):
        page = stranger.post("/sign-in/second/", {"code": "12"})
    assert "many attempts" in page.text
    assert "many attempts" in stranger.post("/sign-in/second/", {"code": code_now()}).text


def test_a_recovery_code_opens_once_and_its_owner_is_told(stranger: Client, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    by = bo_coordinator.viewer
    code = actions.make_recovery_codes(account=bo_coordinator.account, by=by, at=AT)[0]
    for expected in (302, 200):
        client = Client()
        _password(client, bo_coordinator)
        assert client.post("/sign-in/second/", {"code": f"{code[:5]} {code[5:]}"}).status_code == expected
    assert factors_of(bo_coordinator.account).codes_left == 9
    assert Mail.objects.filter(subject="En reservkod har använts för ditt konto i Värn").count() == 1
    assert Entry.objects.get(verb="access:account:use_recovery_code").changes == {"recovery_codes": [10, 9]}


def test_new_recovery_codes_replace_the_old_and_are_shown_once(client_of: ClientOf, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    old = actions.make_recovery_codes(account=bo_coordinator.account, by=bo_coordinator.viewer, at=AT)
    client = client_of(bo_coordinator)
    shown = client.post("/my-account/recovery_codes/make/")
    new = shown.context["codes"]
    assert not set(new) & set(old)
    page = client.get("/my-account/").text
    assert all(f"{code[:5]} {code[5:]}" in shown.text for code in new)
    assert [code for code in new if code in page or f"{code[:5]} {code[5:]}" in page] == []


def test_the_last_factor_cannot_be_removed(client_of: ClientOf, bo_coordinator: Member) -> None:
    give_passkey(bo_coordinator.account)
    factor = passkeys_of(bo_coordinator.account)[0]
    page = client_of(bo_coordinator).post(f"/my-account/factors/{factor.pk}/remove/")
    assert "Add another first" in page.text
    with pytest.raises(Refused) as refused:
        actions.remove_factor(factor=factor, by=bo_coordinator.viewer, at=AT)
    assert refused.value.refusal == Refusal("access:refusal.last_factor")


def test_recovery_codes_are_no_factor_by_themselves(bo_coordinator: Member) -> None:
    app = give_code_app(bo_coordinator.account)
    actions.make_recovery_codes(account=bo_coordinator.account, by=bo_coordinator.viewer, at=AT)
    with pytest.raises(Refused):
        actions.remove_factor(factor=app, by=bo_coordinator.viewer, at=AT)


def test_a_factor_is_removed_by_its_owner_who_is_told(client_of: ClientOf, bo_coordinator: Member) -> None:
    give_passkey(bo_coordinator.account, "Telefonen")
    give_code_app(bo_coordinator.account)
    factor = passkeys_of(bo_coordinator.account)[0]
    client_of(bo_coordinator).post(f"/my-account/factors/{factor.pk}/remove/")
    assert passkeys_of(bo_coordinator.account) == []
    assert Mail.objects.latest("pk").subject == "En inloggningsnyckel har tagits bort från ditt konto i Värn"
    assert Entry.objects.get(verb="access:account:remove_factor").changes == {"factor": ["Telefonen", None]}


def test_anothers_factor_does_not_exist(
    client_of: ClientOf, bo_coordinator: Member, cecilia_head_of_department: Member
) -> None:
    give_passkey(bo_coordinator.account)
    give_code_app(bo_coordinator.account)
    factor = passkeys_of(bo_coordinator.account)[0]
    client = client_of(cecilia_head_of_department)
    assert client.get(f"/my-account/factors/{factor.pk}/remove/").status_code == 404
    assert client.post(f"/my-account/passkeys/{factor.pk}/rename/", {"name": "Min"}).status_code == 404
    assert len(passkeys_of(bo_coordinator.account)) == 1


def test_a_passkey_is_added_and_renamed_on_ones_own_page(client_of: ClientOf, bo_coordinator: Member) -> None:
    give_passkey(bo_coordinator.account)
    client = client_of(bo_coordinator)
    client.defaults["wsgi.url_scheme"] = "https"
    options = _options(client.get("/my-account/passkeys/add/"))
    assert len(options["publicKey"]["excludeCredentials"]) == 1
    sent = {"name": "Ny", "credential": json.dumps(SoftPasskey().create(options))}
    assert client.post("/my-account/passkeys/add/", sent).status_code == 302
    factor = passkeys_of(bo_coordinator.account)[-1]
    client.post(f"/my-account/passkeys/{factor.pk}/rename/", {"name": "Nyckelknippan"})
    assert "Nyckelknippan" in client.get("/my-account/").text


def test_the_account_page_says_what_is_missing(client_of: ClientOf, bo_coordinator: Member) -> None:
    client = client_of(bo_coordinator)
    assert "You have no passkey" in client.get("/my-account/").text
    give_passkey(bo_coordinator.account)
    assert "You have only one" in client.get("/my-account/").text


@pytest.mark.parametrize("path", ["passkeys/add/", "code_app/add/", "recovery_codes/make/", "factors/1/remove/"])
@pytest.mark.weak
def test_a_sensitive_step_is_not_reached_by_a_session_that_has_shown_nothing(
    client_of: ClientOf, bo_coordinator: Member, path: str
) -> None:
    assert client_of(bo_coordinator).get(f"/my-account/{path}").status_code == 302


@pytest.mark.weak
def test_whoever_is_known_by_one_proof_makes_a_first_factor_but_no_second(
    client_of: ClientOf, bo_coordinator: Member
) -> None:
    client = client_of(bo_coordinator)
    session = client.session
    set_for(session, Assurance.PASSWORD, at=timezone.now(), way="directory")
    session.save()
    assert client.get("/my-account/passkeys/add/").status_code == 200
    give_code_app(bo_coordinator.account)
    assert client.get("/my-account/passkeys/add/").status_code == 302
    assert client.get("/my-account/code_app/add/").status_code == 302


def test_who_they_are_is_shown_again_by_passkey_or_code_and_not_by_the_password_alone(
    client_of: ClientOf, bo_coordinator: Member
) -> None:
    give_code_app(bo_coordinator.account)
    client = client_of(bo_coordinator)
    path = "/sign-in/again/?next=/my-account/code_app/add/"
    assert client.get(path).context["password"] is None
    assert client.post(path, {"password": PASSWORD}).status_code == 200
    assert client.post(path, {"code": "1"}).context["code"].errors
    assert client.post(path, {"code": code_now()})["Location"] == "/my-account/code_app/add/"


def test_showing_it_again_leads_to_no_other_site(client_of: ClientOf, bo_coordinator: Member) -> None:
    give_code_app(bo_coordinator.account)
    client = client_of(bo_coordinator)
    answer = client.post("/sign-in/again/?next=https://evil.example/", {"code": code_now()})
    assert answer["Location"] == "/"


class TestLost:
    """An account whose owner has lost everything is begun anew by the administrator, who learns no secret."""

    def test_a_reset_takes_everything_away_and_mails_no_link(
        self, client_of: ClientOf, frida_administrator: Member, bo_coordinator: Member
    ) -> None:
        give_code_app(bo_coordinator.account)
        inside = Client()
        come_in(inside, bo_coordinator.account)
        shown = client_of(frida_administrator).post(f"/accounts/{bo_coordinator.account.pk}/reset_factors/")
        assert inside.get("/my-account/").status_code == 302
        assert not Authenticator.objects.filter(user=bo_coordinator.account).exists()
        mail = Mail.objects.filter(to="bo@ekby.example").latest("pk")
        assert mail.subject == "Inloggningssätten för ditt konto i Värn har nollställts"
        assert shown.context["link"] not in mail.body
        assert "/password/" not in mail.body

    def test_the_link_leads_through_a_new_password_to_a_new_factor(
        self, stranger: Client, client_of: ClientOf, frida_administrator: Member, bo_coordinator: Member
    ) -> None:
        give_code_app(bo_coordinator.account)
        shown = client_of(frida_administrator).post(f"/accounts/{bo_coordinator.account.pk}/reset_factors/")
        path = re.sub(r"^https?://[^/]+", "", shown.context["link"])
        stranger.post(path, {"password": PASSWORD, "again": PASSWORD})
        assert _password(stranger, bo_coordinator)["Location"] == "/sign-in/first/"

    def test_a_new_password_alone_does_not_pass_the_second_factor(
        self, stranger: Client, client_of: ClientOf, frida_administrator: Member, bo_coordinator: Member
    ) -> None:
        give_code_app(bo_coordinator.account)
        shown = client_of(frida_administrator).post(f"/accounts/{bo_coordinator.account.pk}/reset_password/")
        path = re.sub(r"^https?://[^/]+", "", shown.context["link"])
        stranger.post(path, {"password": PASSWORD, "again": PASSWORD})
        assert _password(stranger, bo_coordinator)["Location"] == "/sign-in/second/"

    def test_nobody_resets_their_own(self, client_of: ClientOf, frida_administrator: Member) -> None:
        page = client_of(frida_administrator).post(f"/accounts/{frida_administrator.account.pk}/reset_factors/")
        assert "You cannot reset your own" in page.text


class TestSealed:
    """The secrets of second factors stand nowhere in clear."""

    def test_no_secret_stands_in_clear_in_any_table(self, stranger: Client, bo_coordinator: Member) -> None:
        give_code_app(bo_coordinator.account)
        codes = actions.make_recovery_codes(account=bo_coordinator.account, by=bo_coordinator.viewer, at=AT)
        _password(stranger, bo_coordinator)
        Authenticator.objects.filter(type="totp").delete()
        other = Client()
        _password(other, bo_coordinator)
        secret = other.get("/sign-in/first/code_app/").context["secret"].replace(" ", "")
        seed = unseal(Authenticator.objects.get(type="recovery_codes").data["seed"])
        everything = _everything()
        assert "bo@ekby.example" in everything
        assert [each for each in (SECRET, secret, seed, *codes) if each in everything] == []

    def test_a_secret_in_clear_would_be_found(self, bo_coordinator: Member) -> None:
        Authenticator.objects.create(user=bo_coordinator.account, type="totp", data={"secret": SECRET})
        assert SECRET in _everything()

    def test_what_is_sealed_is_opened_and_no_two_seals_are_alike(self) -> None:
        assert unseal(seal("hemligt")) == "hemligt"
        assert seal("hemligt") != seal("hemligt")

    @pytest.mark.parametrize("fault", ["v2.", "", "v1.00000000.AAAA"])
    def test_what_is_not_sealed_here_is_not_opened(self, fault: str) -> None:
        with pytest.raises(Unopened):
            unseal(fault)

    def test_a_changed_seal_is_not_opened(self) -> None:
        sealed = seal("hemligt")
        with pytest.raises(Unopened):
            unseal(sealed[:-6] + ("AAAAAA" if sealed[-6:] != "AAAAAA" else "BBBBBB"))

    def test_a_new_key_comes_into_use_while_the_old_one_opens(self, settings) -> None:
        old = seal("hemligt")
        settings.FACTOR_KEYS = ["a new one", *settings.FACTOR_KEYS]
        assert unseal(old) == "hemligt"
        assert not is_newest(old)
        assert is_newest(seal("hemligt"))
        settings.FACTOR_KEYS = ["a new one"]
        with pytest.raises(Unopened):
            unseal(old)


def test_a_job_seals_anew_what_an_older_key_has_sealed(bo_coordinator: Member, settings) -> None:
    give_code_app(bo_coordinator.account)
    actions.make_recovery_codes(account=bo_coordinator.account, by=bo_coordinator.viewer, at=AT)
    settings.FACTOR_KEYS = ["a new one", *settings.FACTOR_KEYS]
    assert seal_factors(by=system_viewer(at=AT, job="door:seal_factors"), at=AT) == 2
    settings.FACTOR_KEYS = settings.FACTOR_KEYS[:1]
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())
    assert seal_factors(by=system_viewer(at=AT, job="door:seal_factors"), at=AT) == 0


def _everything() -> str:
    """All that every table of the database holds, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows: list[object] = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return escape("\n".join(map(repr, rows)))

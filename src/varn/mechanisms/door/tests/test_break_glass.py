"""The break-glass account: entered with a reason, told of at once, short, and sealed again."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.entering import code_now, give_code_app
from tests.passkeys import give_passkey
from tests.people import PASSWORD, Member, Municipality, join
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door.actions import add_passkey
from varn.mechanisms.door.actions.break_glass import make_break_glass, seal_break_glass
from varn.mechanisms.door.actions.tokens import make_token
from varn.mechanisms.door.models import BreakGlass, Session, Token
from varn.mechanisms.door.queries import token_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices.models import Mail, Notice

pytestmark = pytest.mark.django_db
ENTER = "/my-account/break_glass/"


@pytest.fixture
def spare(municipality: Municipality) -> Member:
    """A second administrator's account, for emergencies."""
    return join("Nina Nöd", municipality)


@pytest.fixture
def password(spare: Member, frida_administrator: Member) -> str:
    now = timezone.now()
    return make_break_glass(account=spare.account, by=frida_administrator.viewer_at(now), at=now)[1]


def _come_in(member: Member, password: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/sign-in/", {"email": member.account.email, "password": password})
    return client


def test_its_password_is_long_and_takes_the_place_of_the_one_it_had(spare: Member, password: str) -> None:
    assert len(password.replace("-", "")) == 30
    assert not spare.account.__class__.objects.get(pk=spare.account.pk).check_password(PASSWORD)


def test_whoever_comes_in_is_asked_why_before_anything_else(spare: Member, password: str) -> None:
    client = _come_in(spare, password)
    for page in ("/accounts/", "/my-day/", "/my-account/", "/my-account/passkeys/add/"):
        assert client.get(page)["Location"].startswith(ENTER)
    assert client.post("/accounts/create/", {}).status_code == 403
    assert assurance.of(client.session) == Assurance.NONE
    assert client.post(ENTER, {"reason": "short"}).status_code == 200
    assert assurance.of(client.session) == Assurance.NONE
    client.post(ENTER, {"reason": "Inloggningen hos kommunen ligger nere"})
    assert client.get("/accounts/").status_code == 200
    assert Entry.objects.get(verb="door:break_glass:enter").reason == "Inloggningen hos kommunen ligger nere"


def test_administrators_and_the_head_of_security_are_told_before_it_is_said_why(
    spare: Member, password: str, frida_administrator: Member, anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    _come_in(spare, password)
    told = set(Notice.objects.filter(kind="door:notice.seal_broken").values_list("account", flat=True))
    assert told == {frida_administrator.account.pk, anna_head_of_security.account.pk}
    addresses = {"frida@ekby.example", "anna@ekby.example"}
    assert addresses <= set(Mail.objects.filter(subject__contains="ödkonto").values_list("to", flat=True))
    assert Entry.objects.filter(verb="door:break_glass:break").count() == 1
    assert bo_coordinator.account.pk not in told


def test_its_session_is_short(spare: Member, password: str) -> None:
    client = _come_in(spare, password)
    client.post(ENTER, {"reason": "Ingen annan finns på plats"})
    row = Session.objects.get(account=spare.account)
    assert row.ends_at - row.begun_at == timedelta(minutes=30)
    assert row.way == "break_glass"


def test_it_can_be_used_again_until_it_is_sealed_anew(
    spare: Member, password: str, frida_administrator: Member
) -> None:
    frida = Client(headers={"accept-language": "en"})
    frida.force_login(frida_administrator.account)
    page = f"/accounts/{spare.account.pk}/"
    assert b"Sealed" in frida.get(page).content
    _come_in(spare, password).post(ENTER, {"reason": "Ingen annan finns på plats"})
    assert b"to be sealed again" in frida.get(page).content
    shown = frida.post(f"{page}break_glass/seal/")
    assert shown.context["password"] != password
    assert BreakGlass.objects.get().used_at is None
    assert _come_in(spare, password).get("/accounts/")["Location"].startswith("/sign-in/")
    assert _come_in(spare, shown.context["password"]).get("/accounts/")["Location"].startswith(ENTER)


def test_nobody_seals_or_makes_their_own(spare: Member, password: str, frida_administrator: Member) -> None:
    now = timezone.now()
    with pytest.raises(Refused) as refused:
        make_break_glass(account=frida_administrator.account, by=frida_administrator.viewer_at(now), at=now)
    assert refused.value.refusal == Refusal("door:refusal.own_break_glass")
    client = _come_in(spare, password)
    client.post(ENTER, {"reason": "Ingen annan finns på plats"})
    assert client.get(f"/accounts/{spare.account.pk}/break_glass/seal/").status_code == 302


def test_only_an_administrators_account_is_one(bo_coordinator: Member, frida_administrator: Member) -> None:
    now = timezone.now()
    with pytest.raises(Refused):
        make_break_glass(account=bo_coordinator.account, by=frida_administrator.viewer_at(now), at=now)


def test_it_comes_in_where_only_the_municipalitys_own_directory_does(
    settings, spare: Member, password: str, bo_coordinator: Member
) -> None:
    settings.SSO_ONLY = True
    give_code_app(bo_coordinator.account)
    closed = Client(headers={"accept-language": "en"})
    answer = closed.post("/sign-in/", {"email": bo_coordinator.account.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert b"do not open any account" in answer.content
    assert _come_in(spare, password).get("/accounts/")["Location"].startswith(ENTER)


def test_it_is_made_and_sealed_anew_on_the_console(spare: Member, capsys: pytest.CaptureFixture[str]) -> None:
    passwords = []
    for _time in range(2):
        call_command("breakglass", spare.account.email.upper())
        passwords.append(capsys.readouterr().out.split()[-1])
    assert passwords[0] != passwords[1]
    assert _come_in(spare, passwords[1]).get("/accounts/")["Location"].startswith(ENTER)
    for address in ("nobody@ekby.example", "bo@ekby.example"):
        with pytest.raises(CommandError):
            call_command("breakglass", address)


def test_the_list_of_accounts_says_how_the_seal_is(spare: Member, password: str, frida_administrator: Member) -> None:
    frida = Client(headers={"accept-language": "en"})
    frida.force_login(frida_administrator.account)
    assert b"Used, to be sealed again" not in frida.get("/accounts/").content
    _come_in(spare, password)
    assert b"Used, to be sealed again" in frida.get("/accounts/").content


def test_nothing_but_the_sealed_password_opens_it(spare: Member, frida_administrator: Member) -> None:
    """What the account was entered by before is over: a password in an envelope is worth nothing if a code is asked."""
    give_code_app(spare.account)
    give_passkey(spare.account)
    now = timezone.now()
    key = make_token(
        account=spare.account, name="x", days=9, assurance=Assurance.TWO_FACTOR, by=spare.viewer_at(now), at=now
    )[1]
    _sealed, password = make_break_glass(account=spare.account, by=frida_administrator.viewer_at(now), at=now)
    assert not Authenticator.objects.filter(user=spare.account).exists()
    assert token_of(key, at=now) is None
    assert _come_in(spare, password).get("/accounts/")["Location"].startswith(ENTER)


def test_nothing_that_was_made_behind_the_broken_seal_opens_it_afterwards(
    spare: Member, password: str, frida_administrator: Member
) -> None:
    client = _come_in(spare, password)
    client.post(ENTER, {"reason": "Ingen annan finns på plats"})
    secret = client.get("/my-account/code_app/add/").context["secret"].replace(" ", "")
    for page, sent in (
        ("/my-account/code_app/add/", {"code": code_now(secret=secret)}),
        ("/my-account/recovery_codes/make/", {}),
        ("/my-account/tokens/make/", {"name": "sheet", "days": "20"}),
    ):
        assert "inget annat än sitt förseglade lösenord" in client.post(page, sent).content.decode()
    now = timezone.now()
    with pytest.raises(Refused):
        add_passkey(account=spare.account, name="x", credential={}, by=spare.viewer_at(now), at=now)
    assert not Authenticator.objects.filter(user=spare.account).exists()
    assert not Token.objects.filter(account=spare.account).exists()


def test_a_reason_is_no_new_proof(spare: Member, password: str) -> None:
    """Whoever came in a while ago shows again who they are before a sensitive step, as everybody does."""
    client = _come_in(spare, password)
    session, ago = client.session, timedelta(minutes=16)
    shown = session["account_authentication_methods"]
    session["account_authentication_methods"] = [each | {"at": each["at"] - ago.total_seconds()} for each in shown]
    assurance.set_for(session, Assurance.NONE, at=timezone.now() - ago, way="break_glass")
    session.save()
    client.post(ENTER, {"reason": "Ingen annan finns på plats"})
    assert client.get("/accounts/").status_code == 200
    assert client.get("/accounts/create/")["Location"].startswith("/sign-in/again/")
    client.post(ENTER, {"reason": "En gång till utan lösenord"})
    assert client.get("/accounts/create/")["Location"].startswith("/sign-in/again/")
    client.post("/sign-in/again/", {"password": password})
    assert client.get("/accounts/create/").status_code == 200


def test_nobody_seals_anew_what_they_came_in_by(spare: Member, password: str) -> None:
    with pytest.raises(Refused) as refused:
        seal_break_glass(sealed=BreakGlass.objects.get(), by=spare.viewer_at(timezone.now()), at=timezone.now())
    assert refused.value.refusal == Refusal("door:refusal.own_break_glass")

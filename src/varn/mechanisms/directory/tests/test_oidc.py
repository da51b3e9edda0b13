"""Who comes in by OpenID Connect, and who does not: the provider is real, its lies are many."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from tests.harness.providers import TWO_FACTORS, OidcProvider, new_key, serving
from tests.people import START, Member, Municipality
from varn.areas.organisation.actions import create_group_mapping
from varn.areas.organisation.models import Person
from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.directory.actions import name_group
from varn.mechanisms.directory.models import DirectoryGroup
from varn.mechanisms.directory.tests.signing import Visitor, oidc_file
from varn.mechanisms.door.models import BreakGlass, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(tmp_path: Path, settings) -> Iterator[OidcProvider]:
    with serving(OidcProvider()) as made:
        made.claims = {"sub": "s-bo", "employee_id": "bo", "acr": TWO_FACTORS}
        settings.SSO_FILE = oidc_file(tmp_path, made)
        yield made


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_the_right_person_comes_in(visitor: Visitor, provider: OidcProvider, bo_coordinator: Member) -> None:
    answer = visitor.signs_in(provider, next="/organisation/units/")
    assert (answer.status_code, answer["Location"]) == (302, "/organisation/units/")
    assert visitor.account == bo_coordinator.account
    assert assurance.of(visitor.client.session) == Assurance.TWO_FACTOR
    assert visitor.client.get("/organisation/appointments/").status_code == 200
    assert SocialAccount.objects.get().uid == f"{provider.issuer}|s-bo"
    assert SocialAccount.objects.get().extra_data == {}
    assert {"directory:subject:prove", "directory:subject:connect"} <= set(Entry.objects.values_list("verb", flat=True))


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_the_session_knows_the_kind_of_browser_and_has_begun_once(
    provider: OidcProvider, bo_coordinator: Member
) -> None:
    """Also when who is in already is asked anew: on the way there and back nobody comes in."""
    visitor = Visitor(client=Client(headers={"user-agent": FIREFOX}))
    for again in ({}, {"again": "1"}):
        question = visitor.asks(**again)
        assert [str(each) for each in Session.objects.filter(ended_at=None).distinct()] == ["Firefox, Linux"]
        assert visitor.comes_back(provider, question).status_code == 302
        assert str(Session.objects.get(account=bo_coordinator.account)) == "Firefox, Linux"
    assert Entry.objects.filter(verb="access:account:sign_in").count() == 1
    assert Entry.objects.filter(verb="access:account:enter_anew").count() == 1


def test_who_is_asked_anew_has_a_new_session_key(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    visitor.signs_in(provider)
    before = visitor.client.cookies["varn_session"].value
    visitor.signs_in(provider, again="1")
    assert visitor.client.cookies["varn_session"].value != before
    assert Session.objects.filter(account=bo_coordinator.account).count() == 1


def test_the_question_is_bound_and_says_what_is_wanted(
    visitor: Visitor, provider: OidcProvider, bo_coordinator
) -> None:
    question = visitor.asks(next="/", auth_params="prompt=none", scope="admin")
    assert question["code_challenge_method"] == "S256"
    assert question["response_type"] == "code"
    assert question["redirect_uri"] == "http://localhost:8000/sso/ekby/callback/"
    assert set(question["scope"].split()) == {"openid", "profile", "email"}
    assert "prompt" not in question
    assert len(question["nonce"]) == 64


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        (TWO_FACTORS, Assurance.TWO_FACTOR),
        ("urn:example:card", Assurance.PHISHING_RESISTANT),
        ("something else", Assurance.PASSWORD),
        ("", Assurance.PASSWORD),
    ],
)
def test_how_surely_is_kept_and_what_is_not_known_is_the_lowest(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, acr: str, level: Assurance
) -> None:
    provider.claims["acr"] = acr
    visitor.signs_in(provider)
    assert assurance.of(visitor.client.session) == level


def test_too_little_is_asked_for_more(visitor: Visitor, provider: OidcProvider, bo_coordinator: Member) -> None:
    provider.claims["acr"] = ""
    visitor.signs_in(provider)
    answer = visitor.client.get("/organisation/appointments/")
    assert answer.status_code == 302
    assert "/organisation/" not in answer["Location"].split("?")[0]


def test_when_it_was_proven_is_kept(visitor: Visitor, provider: OidcProvider, bo_coordinator: Member) -> None:
    hour_ago = int(datetime.now(tz=UTC).timestamp()) - 3_600
    provider.claims["auth_time"] = hour_ago
    visitor.signs_in(provider)
    assert assurance.proven_at(visitor.client.session) == hour_ago


def _silent_of_when(provider: OidcProvider, said: dict) -> str:
    return provider.signed({name: value for name, value in said.items() if name != "auth_time"})


def test_who_is_let_in_without_a_word_of_when_is_asked_anew_before_a_sensitive_step(
    visitor: Visitor, provider: OidcProvider, frida_administrator: Member
) -> None:
    """When the token was made says nothing of when somebody showed who they are: they may have come in last week."""
    Person.objects.create(
        employee_id="frida", name="Frida", sort_name="f", email="f@ekby.example", from_date=START,
        account=frida_administrator.account,
    )  # fmt: skip
    provider.claims |= {"sub": "s-frida", "employee_id": "frida"}
    provider.lie = _silent_of_when
    visitor.signs_in(provider)
    assert visitor.client.get("/accounts/").status_code == 200
    assert visitor.client.get("/accounts/create/")["Location"].startswith("/sign-in/again/")
    question = visitor.asks(again="1")
    assert (question["prompt"], question["max_age"]) == ("login", "0")
    visitor.comes_back(provider, question)
    assert visitor.client.get("/accounts/create/").status_code == 200


def test_where_a_sign_in_may_not_be_old_its_age_must_be_said(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, tmp_path: Path, settings
) -> None:
    settings.SSO_FILE = oidc_file(tmp_path, provider, "longest_minutes = 30")
    provider.lie = _silent_of_when
    assert visitor.signs_in(provider).status_code == 401
    assert not visitor.is_in


def test_an_issuer_is_called_what_it_calls_itself(
    visitor: Visitor, bo_coordinator: Member, tmp_path: Path, settings
) -> None:
    """Some end with a slash, and say so in every token."""
    with serving(OidcProvider()) as provider:
        provider.issuer += "/"
        provider.claims = {"sub": "s-bo", "employee_id": "bo", "acr": TWO_FACTORS}
        settings.SSO_FILE = oidc_file(tmp_path, provider)
        assert visitor.signs_in(provider).status_code == 302
        assert visitor.is_in


def test_a_proof_that_is_too_old_lets_nobody_in(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, tmp_path: Path, settings
) -> None:
    settings.SSO_FILE = oidc_file(tmp_path, provider, "longest_minutes = 30")
    provider.claims["auth_time"] = int(datetime.now(tz=UTC).timestamp()) - 3_600
    assert visitor.signs_in(provider).status_code == 401
    assert not visitor.is_in


def _other_key(provider: OidcProvider, said: dict) -> str:
    return provider.signed(said, key=new_key())


def _changed(provider: OidcProvider, said: dict) -> str:
    head, _body, seal = provider.signed(said).split(".")
    other = jwt.encode(said | {"employee_id": "anna"}, "x" * 32).split(".")[1]
    return f"{head}.{other}.{seal}"


def _none(provider: OidcProvider, said: dict) -> str:
    return jwt.encode(said, None, algorithm="none", headers={"kid": "one"})


def _shared_secret(provider: OidcProvider, said: dict) -> str:
    return jwt.encode(said, "a secret of the tests, long enough", algorithm="HS256", headers={"kid": "one"})


def _with(**other):
    def lie(provider: OidcProvider, said: dict) -> str:
        changed = said | {name: value for name, value in other.items() if value is not None}
        return provider.signed({name: value for name, value in changed.items() if other.get(name, "") is not None})

    return lie


def _at(**seconds: int):
    """These moments lie so many seconds from when the token is made, however long after this file was read."""

    def lie(provider: OidcProvider, said: dict) -> str:
        now = int(datetime.now(tz=UTC).timestamp())
        return provider.signed(said | {name: now + away for name, away in seconds.items()})

    return lie


LIES = {
    "another key": _other_key,
    "a changed employee id": _changed,
    "no signature": _none,
    "a secret for a signature": _shared_secret,
    "no token": lambda provider, said: "",
    "no token but words": lambda provider, said: "a.b.c",
    "an unknown key id": lambda provider, said: provider.signed(said, kid="two"),
    "another audience": _with(aud="another"),
    "two audiences and nobody named": _with(aud=["varn", "another"]),
    "meant for another": _with(azp="another"),
    "another issuer": _with(iss="https://evil.example"),
    "expired": _at(exp=-600),
    "made long ago": _at(iat=-3_600),
    "not yet": _at(nbf=3_600),
    "another nonce": _with(nonce="x" * 64),
    "no nonce": _with(nonce=None),
    "no subject": _with(sub=None),
    "no end": _with(exp=None),
    "known since tomorrow": _at(auth_time=86_400),
    "known since whenever": _with(auth_time="whenever"),
    "known since no day at all": _with(auth_time=10**20),
}


@pytest.mark.parametrize("name", LIES)
def test_nobody_comes_in_by_a_lie(visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, name: str) -> None:
    provider.lie = LIES[name]
    answer = visitor.signs_in(provider)
    assert (answer.status_code, visitor.is_in) == (401, False)
    assert not SocialAccount.objects.exists()


def test_the_lies_are_refused_because_they_are_lies(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    provider.lie = lambda provider, said: provider.signed(said)
    assert visitor.signs_in(provider).status_code == 302
    assert visitor.is_in


@pytest.mark.parametrize(
    "other", [{"state": "x"}, {"state": ""}, {"code": "x"}, {"code": ""}, {"iss": "https://evil.example"}]
)
def test_nobody_comes_in_by_another_answer(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, other: dict
) -> None:
    assert visitor.comes_back(provider, visitor.asks(), **other).status_code == 401
    assert not visitor.is_in


def test_an_answer_is_good_once_and_in_one_browser(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    question = visitor.asks()
    other = Visitor()
    other.asks()
    assert other.comes_back(provider, question).status_code == 401
    assert visitor.comes_back(provider, question).status_code == 302
    assert visitor.comes_back(provider, question).status_code == 401


ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def test_who_is_sent_from_elsewhere_comes_in_with_or_without_cookies_on_the_way(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    question = visitor.asks()
    back = {"code": provider.code_for(question), "state": question["state"]}
    once_more = Client().get("/sso/ekby/callback/", back, headers=ELSEWHERE)
    assert once_more.status_code == 200
    assert back["code"] in once_more.content.decode()
    assert visitor.client.get("/sso/ekby/callback/", back, headers=ELSEWHERE).status_code == 302
    assert visitor.is_in


def test_an_unknown_person_is_told_so_and_nothing_is_made(
    visitor: Visitor, provider: OidcProvider, municipality
) -> None:
    provider.claims |= {"employee_id": "e404", "email": "new@ekby.example"}
    answer = visitor.signs_in(provider)
    assert answer.status_code == 403
    assert "finns inte upplagd" in answer.content.decode()
    assert (Account.objects.count(), Person.objects.count(), SocialAccount.objects.count()) == (0, 0, 0)


def test_an_unknown_person_is_registered_where_that_is_chosen(
    visitor: Visitor, provider: OidcProvider, municipality, tmp_path: Path, settings
) -> None:
    settings.SSO_FILE = oidc_file(tmp_path, provider, "makes_people = true")
    provider.claims |= {"employee_id": "e405", "email": "new@ekby.example", "name": "Nils Nord"}
    assert visitor.signs_in(provider).status_code == 302
    person = Person.objects.get(employee_id="e405")
    assert (person.name, person.account) == ("Nils Nord", visitor.account)


def test_an_address_alone_opens_no_account(
    visitor: Visitor, provider: OidcProvider, anna_head_of_security: Member, bo_coordinator: Member
) -> None:
    Person.objects.filter(employee_id="bo").update(account=None, email=anna_head_of_security.account.email)
    provider.claims |= {"email": anna_head_of_security.account.email, "email_verified": True}
    answer = visitor.signs_in(provider)
    assert (answer.status_code, visitor.is_in) == (403, False)


def test_a_person_without_an_account_gets_one_of_their_own(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    Person.objects.filter(employee_id="bo").update(account=None, email="bosse@ekby.example")
    assert visitor.signs_in(provider).status_code == 302
    assert Person.objects.get(employee_id="bo").account == visitor.account != bo_coordinator.account
    assert not visitor.account.has_usable_password()


def test_another_subject_with_the_same_employee_id_does_not_come_in(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    visitor.signs_in(provider)
    provider.claims["sub"] = "s-another"
    other = Visitor()
    assert (other.signs_in(provider).status_code, other.is_in) == (403, False)


def test_the_same_subject_with_another_employee_id_does_not_come_in(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, anna_head_of_security: Member
) -> None:
    visitor.signs_in(provider)
    provider.claims["employee_id"] = "anna"
    other = Visitor()
    assert (other.signs_in(provider).status_code, other.is_in) == (403, False)


@pytest.mark.parametrize("number", ["19811218-9876", "8112189876"])
def test_a_personal_identity_number_is_refused_and_kept_nowhere(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, number: str, caplog
) -> None:
    provider.claims["employee_id"] = number
    answer = visitor.signs_in(provider)
    assert answer.status_code == 403
    assert "personnummer" in answer.content.decode()
    kept = str(list(Entry.objects.values())) + str(list(SocialAccount.objects.values())) + caplog.text
    assert number not in kept + answer.content.decode()


@pytest.mark.parametrize("said", [None, "", [], ["bo", "anna"], "x" * 41])
def test_no_employee_id_or_several_let_nobody_in(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member, said
) -> None:
    provider.claims["employee_id"] = said
    assert (visitor.signs_in(provider).status_code, visitor.is_in) == (403, False)


def test_a_closed_account_is_not_entered(visitor: Visitor, provider: OidcProvider, bo_coordinator: Member) -> None:
    Account.objects.update(is_active=False)
    assert (visitor.signs_in(provider).status_code, visitor.is_in) == (403, False)


def test_the_break_glass_account_is_not_entered_past_its_seal(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    """Also where somebody has tied it to a person: it asks for its reason, and a provider's proof would not."""
    BreakGlass.objects.create(account=bo_coordinator.account, sealed_at=timezone.now())
    assert (visitor.signs_in(provider).status_code, visitor.is_in) == (403, False)


def test_somebody_who_has_left_is_not_let_in(visitor: Visitor, provider: OidcProvider, bo_coordinator: Member) -> None:
    Person.objects.update(until_date="2021-01-01")
    assert (visitor.signs_in(provider).status_code, visitor.is_in) == (403, False)


def test_the_page_that_was_asked_for_is_never_somebody_elses(
    visitor: Visitor, provider: OidcProvider, bo_coordinator: Member
) -> None:
    assert visitor.signs_in(provider, next="https://evil.example/")["Location"] == "/"


def test_the_sign_in_page_has_the_button_with_the_municipalitys_own_name(provider: OidcProvider, municipality) -> None:
    page = Client().get("/sign-in/").content.decode()
    assert "Ekby kommun" in page
    assert "/sso/ekby/" in page


def test_an_unknown_provider_does_not_exist(municipality) -> None:
    assert Client().get("/sso/nobody/").status_code == 404
    assert Client().get("/sso/nobody/callback/").status_code == 404


def test_the_groups_of_a_sign_in_give_and_take_what_is_said_of_them(
    visitor: Visitor, provider: OidcProvider, municipality: Municipality, anna_head_of_security: Member
) -> None:
    Person.objects.create(employee_id="e9", name="Nils", sort_name="nils", email="n@ekby.example", from_date=START)
    at = timezone.now()
    by = system_viewer(at=at, job="test")
    group = name_group(source="ekby", name="SEC", by=by, at=at)
    create_group_mapping(
        group=group,
        function=municipality.functions["security_representative"],
        unit=municipality.units["211"],
        decided_by="Anna",
        ground="Beslut",
        by=anna_head_of_security.viewer_at(at),
        at=at,
    )
    provider.claims |= {"sub": "s-9", "employee_id": "e9", "groups": ["SEC", "unheard of"]}
    visitor.signs_in(provider)
    assert visitor.client.get("/organisation/appointments/").status_code == 200
    assert not DirectoryGroup.objects.filter(name="unheard of").exists()
    provider.claims["groups"] = []
    Visitor().signs_in(provider)
    assert visitor.client.get("/organisation/appointments/").status_code == 404

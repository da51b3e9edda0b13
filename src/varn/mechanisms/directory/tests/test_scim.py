"""What the directory may say, by which token, and what becomes of it."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import Member
from varn.areas.organisation.models import Person
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.directory.actions import create_token, revoke_token
from varn.mechanisms.directory.models import DirectoryUser, Token
from varn.mechanisms.directory.secrets import new_secret
from varn.mechanisms.directory.tests.conftest import ENTERPRISE, GROUP, Speak, patch, user
from varn.mechanisms.door.actions import close_account, open_account

pytestmark = pytest.mark.django_db
NUMBER = "19811218-9876"
PERSONAL_NUMBERS = [NUMBER, "811218-9876", "8112189876", "198112189876", "811218+9876", "19811278-9873", "811278-9873"]


def by_directory(at=None):
    return system_viewer(at=at or timezone.now(), job="test")


def test_without_a_token_nothing_is_told(client: Client, secret: str) -> None:
    for path in ("Users", "Groups", "ServiceProviderConfig", "Schemas", "ResourceTypes", "whatever"):
        answer = client.get(f"/scim/v2/{path}")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_session_opens_nothing_however_strong(client: Client, frida_administrator: Member, secret: str) -> None:
    client.force_login(frida_administrator.account)
    assert client.get("/scim/v2/Users").status_code == 401
    assert client.post("/scim/v2/Users", user("e1"), content_type="application/json").status_code == 401
    assert not DirectoryUser.objects.exists()


@pytest.mark.parametrize("wrong", ["", "Bearer", "Bearer x", "Basic {secret}", "Bearer {secret}x", "{secret}"])
def test_a_wrong_token_opens_nothing(client: Client, secret: str, wrong: str) -> None:
    shown = {"Authorization": wrong.format(secret=secret)}
    assert client.get("/scim/v2/Users", headers=shown).status_code == 401


def test_a_revoked_and_an_expired_token_open_nothing(client: Client, speak: Speak, secret: str) -> None:
    assert speak("get", "Users").status_code == 200
    now = timezone.now()
    revoke_token(token=Token.objects.get(), by=by_directory(), at=now)
    assert speak("get", "Users").status_code == 401
    old, long_ago = new_secret(), now - timedelta(days=400)
    create_token(name="Old", secret=old, by=by_directory(long_ago), at=long_ago)
    assert client.get("/scim/v2/Users", headers={"Authorization": f"Bearer {old}"}).status_code == 401


def test_the_token_itself_is_kept_nowhere(secret: str) -> None:
    kept = json.dumps([*Token.objects.values(), *Entry.objects.values()], default=str)
    assert secret not in kept
    assert Token.objects.get().last_used_at is None


def test_it_is_known_when_a_token_was_last_used(speak: Speak) -> None:
    speak("get", "Users")
    assert Token.objects.get().last_used_at is not None


def test_a_token_is_slowed_down_when_it_asks_too_much(speak: Speak, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it within one minute, which is made so long that it cannot end meanwhile."""
    monkeypatch.setattr("varn.mechanisms.directory.scim.door.MINUTE", 10**10)
    monkeypatch.setattr("varn.mechanisms.directory.scim.door._most", lambda at: 3)
    codes = [speak("get", "ServiceProviderConfig").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_a_new_person_stands_in_the_organisation(speak: Speak) -> None:
    sent = user(
        "e77",
        name={"givenName": "Nils", "familyName": "Nord"},
        title="Rektor",
        emails=[{"value": "nils@ekby.example", "primary": True}],
        phoneNumbers=[{"value": "0701234567"}],
        department="311",
    )
    answer = speak("post", "Users", sent)
    assert answer.status_code == 201
    person = Person.objects.get(employee_id="e77")
    assert (person.name, person.title, person.email, person.phone, person.unit.code) == (
        "Nils Nord", "Rektor", "nils@ekby.example", "0701234567", "311"
    )  # fmt: skip
    assert answer["Location"].endswith(answer.json()["id"])
    entry = Entry.objects.get(verb="organisation:person:create")
    assert (entry.actor, entry.account_id) == ("SCIM: Katalogen", None)


def test_a_known_person_is_the_same_person(speak: Speak, bo_coordinator: Member) -> None:
    assert speak("post", "Users", user("BO", displayName="Bo Berglund")).status_code == 201
    assert Person.objects.filter(employee_id__iexact="bo").count() == 1
    assert DirectoryUser.objects.get().employee_id == "bo"


def test_what_the_directory_does_not_say_stands(speak: Speak, bo_coordinator: Member) -> None:
    Person.objects.update(title="Samordnare", phone="013-1")
    made = speak("post", "Users", user("bo", displayName="Bo B")).json()
    person = Person.objects.get(employee_id="bo")
    assert (person.title, person.phone, person.unit.code) == ("Samordnare", "013-1", "21")
    speak("patch", f"Users/{made['id']}", patch({"op": "replace", "path": "title", "value": "Chef"}))
    speak("patch", f"Users/{made['id']}", patch({"op": "remove", "path": "title"}))
    assert Person.objects.get(employee_id="bo").title == ""


def test_who_is_closed_is_out_in_the_same_second(client: Client, speak: Speak, bo_coordinator: Member) -> None:
    browser = Client()
    browser.force_login(bo_coordinator.account)
    assert browser.get("/organisation/appointments/").status_code == 200
    made = speak("post", "Users", user("bo")).json()
    speak("patch", f"Users/{made['id']}", patch({"op": "Replace", "path": "active", "value": False}))
    assert browser.get("/organisation/appointments/").status_code == 302
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.is_active


def test_who_is_opened_again_comes_in_anew_and_not_by_the_old_session(speak: Speak, bo_coordinator: Member) -> None:
    browser = Client()
    browser.force_login(bo_coordinator.account)
    made = speak("post", "Users", user("bo", active=False)).json()
    speak("put", f"Users/{made['id']}", user("bo", active=True))
    bo_coordinator.account.refresh_from_db()
    assert bo_coordinator.account.is_active
    assert not bo_coordinator.account.has_usable_password()
    assert browser.get("/organisation/appointments/").status_code == 302


def test_the_directory_opens_no_account_that_somebody_else_has_closed(speak: Speak, bo_coordinator: Member) -> None:
    bo_coordinator.account.is_active = False
    bo_coordinator.account.save()
    made = speak("post", "Users", user("bo")).json()
    speak("put", f"Users/{made['id']}", user("bo", active=True))
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.is_active


def test_an_account_that_somebody_here_closed_afterwards_is_not_opened(
    speak: Speak, bo_coordinator: Member, frida_administrator: Member
) -> None:
    """The directory closed it, somebody here opened it and closed it again: theirs is the last word."""
    made, now = speak("post", "Users", user("bo", active=False)).json(), timezone.now()
    bo_coordinator.account.refresh_from_db()
    open_account.unguarded(account=bo_coordinator.account, by=frida_administrator.viewer_at(now), at=now)
    close_account(account=bo_coordinator.account, by=frida_administrator.viewer_at(now), at=timezone.now())
    speak("put", f"Users/{made['id']}", user("bo", active=True))
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.is_active


def test_another_employee_id_opens_no_account_that_somebody_here_closed(
    speak: Speak, bo_coordinator: Member, cecilia_head_of_department: Member
) -> None:
    Account.objects.filter(pk=cecilia_head_of_department.account.pk).update(is_active=False)
    made = speak("post", "Users", user("bo", "b@ekby.example", active=False)).json()
    speak("put", f"Users/{made['id']}", user("cecilia", "b@ekby.example", active=True))
    cecilia_head_of_department.account.refresh_from_db()
    assert not cecilia_head_of_department.account.is_active


def test_silence_about_activity_opens_nothing(speak: Speak, bo_coordinator: Member) -> None:
    made = speak("post", "Users", user("bo", active=False)).json()
    speak("patch", f"Users/{made['id']}", patch({"op": "remove", "path": "active"}))
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.is_active


def test_who_is_taken_away_is_out_and_stands_in_the_organisation(speak: Speak, bo_coordinator: Member) -> None:
    made = speak("post", "Users", user("bo")).json()
    assert speak("delete", f"Users/{made['id']}").status_code == 204
    assert speak("get", f"Users/{made['id']}").status_code == 404
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.is_active
    assert Person.objects.filter(employee_id="bo").exists()


def test_another_employee_id_is_another_person_and_hands_no_account_on(speak: Speak, bo_coordinator: Member) -> None:
    made = speak("post", "Users", user("bo", "bo@ekby.example")).json()
    speak("put", f"Users/{made['id']}", user("e99", "bo@ekby.example"))
    bo_coordinator.account.refresh_from_db()
    assert not bo_coordinator.account.is_active
    assert Person.objects.get(employee_id="bo").account == bo_coordinator.account
    assert Person.objects.get(employee_id="e99").account is None


@pytest.mark.parametrize("number", PERSONAL_NUMBERS)
@pytest.mark.parametrize(
    "where",
    [
        lambda n: user(n),
        lambda n: user("e1", n),
        lambda n: user("e1", externalId=n),
        lambda n: user("e1", title=f"Rektor {n}"),
        lambda n: user("e1", emails=[{"value": f"{n}@ekby.example"}]),
        lambda n: user("e1", department=n),
        lambda n: user("e1", nickName=n),
        lambda n: user("e1", **{"urn:example:own": {"deep": [{"number": n}]}}),
    ],
)
def test_a_personal_identity_number_is_refused_wherever_it_stands(speak: Speak, number: str, where, caplog) -> None:
    answer = speak("post", "Users", where(number))
    assert answer.status_code == 400
    kept = json.dumps([*DirectoryUser.objects.values(), *Person.objects.values(), *Entry.objects.values()], default=str)
    assert number not in kept + answer.content.decode() + caplog.text


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Skyddad identitet"},
        {"sekretessmarkering": True},
        {"urn:example:own": {"protectedIdentity": True}},
        {"displayName": "Sekretessmarkerad"},
    ],
)
def test_a_protected_identity_is_refused(speak: Speak, more: dict) -> None:
    assert speak("post", "Users", user("e1", **more)).status_code == 400
    assert not DirectoryUser.objects.exists()


def test_a_telephone_number_is_no_personal_identity_number(speak: Speak) -> None:
    assert speak("post", "Users", user("e1", phoneNumbers=[{"value": "0701011234"}])).status_code == 201


def test_the_employee_id_must_be_said(speak: Speak) -> None:
    sent = user("e1")
    del sent[ENTERPRISE]
    assert speak("post", "Users", sent).status_code == 400


def test_two_in_the_directory_are_never_one_person(speak: Speak) -> None:
    assert speak("post", "Users", user("e1", "a")).status_code == 201
    for sent in (user("E1", "b"), user("e2", "A")):
        answer = speak("post", "Users", sent)
        assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ('userName eq "A@EKBY.example"', 1),
        (f'{ENTERPRISE}:employeeNumber eq "e1"', 1),
        ('externalId eq "x1" and active eq true', 1),
        ('not (userName sw "a")', 1),
        ('userName eq "nobody"', 0),
        ('id eq "nothing"', 0),
        ("externalId pr", 1),
    ],
)
def test_users_are_found_by_what_is_asked(speak: Speak, filter_: str, found: int) -> None:
    speak("post", "Users", user("e1", "a@ekby.example", externalId="x1"))
    speak("post", "Users", user("e2", "b@ekby.example"))
    assert speak("get", f"Users?filter={filter_.replace(' ', '%20')}").json()["totalResults"] == found


@pytest.mark.parametrize("filter_", ["title eq 1", 'nickName eq "x"', "userName", 'meta.lastModified gt "soon"'])
def test_a_filter_that_is_not_understood_is_refused(speak: Speak, filter_: str) -> None:
    answer = speak("get", f"Users?filter={filter_.replace(' ', '%20')}")
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidFilter")


def test_a_list_comes_in_pages(speak: Speak) -> None:
    for number in range(5):
        speak("post", "Users", user(f"e{number}"))
    page = speak("get", "Users?startIndex=4&count=2").json()
    assert (page["totalResults"], page["startIndex"], len(page["Resources"])) == (5, 4, 2)


def test_a_change_of_what_has_changed_meanwhile_is_refused(speak: Speak) -> None:
    made = speak("post", "Users", user("e1"))
    one, tag = f"Users/{made.json()['id']}", made["ETag"]
    assert speak("put", one, user("e1", title="Chef"), **{"If-Match": tag}).status_code == 200
    assert speak("put", one, user("e1", title="Ej"), **{"If-Match": tag}).status_code == 412
    assert speak("delete", one, **{"If-Match": tag}).status_code == 412
    assert speak("get", one, **{"If-None-Match": speak("get", one)["ETag"]}).status_code == 304


@pytest.mark.parametrize("body", ["", "{", "[]", "1", '{"schemas": 5}', '{"userName": null}', '{"a": "\\u0000"}'])
def test_what_is_no_user_is_refused(speak: Speak, body: str) -> None:
    assert speak("post", "Users", body).status_code == 400


def test_a_group_is_kept_with_its_members(speak: Speak) -> None:
    ids = [speak("post", "Users", user(f"e{number}")).json()["id"] for number in range(3)]
    made = speak("post", "Groups", {"schemas": [GROUP], "displayName": "G", "members": [{"value": ids[0]}]}).json()
    one = f"Groups/{made['id']}"
    add = {"op": "Add", "path": "members", "value": [{"value": ids[1]}, {"value": ids[2]}]}
    assert speak("patch", one, patch(add)).status_code == 204
    speak("patch", one, patch({"op": "remove", "path": f'members[value eq "{ids[0]}"]'}))
    assert {each["value"] for each in speak("get", one).json()["members"]} == {ids[1], ids[2]}
    assert "members" not in speak("get", f"{one}?excludedAttributes=members").json()
    assert speak("get", f'Groups?filter=members eq "{ids[1]}"'.replace(" ", "%20")).json()["totalResults"] == 1
    assert speak("get", f"Users/{ids[1]}").json()["groups"][0]["display"] == "G"


def test_a_member_whom_nobody_has_told_of_is_refused(speak: Speak) -> None:
    sent = {"schemas": [GROUP], "displayName": "G", "members": [{"value": "2c1a1d3e-0000-4000-8000-000000000000"}]}
    assert speak("post", "Groups", sent).status_code == 400

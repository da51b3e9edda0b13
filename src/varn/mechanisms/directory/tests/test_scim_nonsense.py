"""What a directory that is broken, or that means ill, sends with a working token: an answer of SCIM, and no fault."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from varn.mechanisms.directory.models import DirectoryGroup, DirectoryUser
from varn.mechanisms.directory.scim.reading import LONGEST_FILTER
from varn.mechanisms.directory.tests.conftest import ENTERPRISE, GROUP, Speak, patch, user

pytestmark = pytest.mark.django_db
SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
NOBODY = "2c1a1d3e-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def _answers_as_it_would(client: Client) -> None:
    client.raise_request_exception = False


def _is_refused(answer: Any) -> bool:
    return answer.status_code == 400 and answer["Content-Type"] == "application/scim+json"


BODIES = {
    "deep lists": "[" * 100_000,
    "deep objects": '{"a":' * 50_000 + "1" + "}" * 50_000,
    "objects as deep as a parser reads": '{"a":' * 900 + "1" + "}" * 900,
    "half a character": json.dumps(user("e1", title="\ud800")),
    "half a character as a name": json.dumps(user("e1", "\udc00")),
    "half a character where nobody looks": json.dumps(user("e1", **{"urn:example:own": {"\ud800": 1}})),
    "the character without meaning": json.dumps(user("e1", title="a\0b")),
    "the same in another encoding": json.dumps(user("e1", title="a\0b")).encode("utf-16"),
    "another encoding": json.dumps(user("e1")).encode("utf-16"),
    "bytes that are no text": b'{"userName":"\xff"}',
    "no number": json.dumps(user("e1")).replace('"userName"', '"active": NaN, "userName"', 1),
    "too large a number": '{"a":' + "1" * 5_000 + "}",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_kept_is_refused(speak: Speak, name: str) -> None:
    assert _is_refused(speak("post", "Users", BODIES[name]))
    assert not DirectoryUser.objects.exists()


@pytest.mark.parametrize("member", ["nothing", NOBODY, 5, "\ud800", "a/b", "' or 1=1", [1], {"a": "b"}])
def test_a_member_that_is_nobody_is_refused_and_the_group_stays_as_it_was(speak: Speak, member: object) -> None:
    made = speak("post", "Groups", {"schemas": [GROUP], "displayName": "G"}).json()
    sent = {"schemas": [GROUP], "displayName": "G2", "members": [{"value": member}]}
    assert _is_refused(speak("post", "Groups", json.dumps(sent)))
    change = patch({"op": "add", "path": "members", "value": [{"value": member}]})
    assert _is_refused(speak("patch", f"Groups/{made['id']}", json.dumps(change)))
    assert DirectoryGroup.objects.get().members.count() == 0


CHANGES = {
    "no name": {"op": "remove", "path": "userName"},
    "an empty name": {"op": "replace", "path": "userName", "value": ""},
    "no employee id": {"op": "remove", "path": f"{ENTERPRISE}:employeeNumber"},
    "no employer": {"op": "remove", "path": ENTERPRISE},
    "its id": {"op": "replace", "path": "id", "value": NOBODY},
    "its groups": {"op": "add", "path": "groups", "value": [{"value": NOBODY}]},
    "half a path": {"op": "replace", "path": "emails[value eq", "value": "x"},
    "a deep path": {"op": "replace", "path": f"emails[{'not(' * 400}value eq 1{')' * 400}]", "value": "x"},
    "a path to nowhere": {"op": "replace", "path": 'emails[type eq "none"].value', "value": "x"},
    "no such verb": {"op": "move", "path": "title", "value": "x"},
    "perhaps": {"op": "replace", "path": "active", "value": "perhaps"},
    "an object for a word": {"op": "replace", "path": "title", "value": {"a": 1}},
    "a word for an object": {"op": "replace", "value": "x"},
    "a long word": {"op": "replace", "path": "title", "value": "x" * 201},
    "a personal identity number": {"op": "replace", "path": "title", "value": "19811218-9876"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_is_none_is_refused_and_the_user_stays_as_it_was(speak: Speak, name: str) -> None:
    made = speak("post", "Users", user("e1", title="Rektor")).json()
    assert _is_refused(speak("patch", f"Users/{made['id']}", patch(CHANGES[name])))
    assert speak("get", f"Users/{made['id']}").json() == made


def test_a_group_is_not_left_without_a_name(speak: Speak) -> None:
    made = speak("post", "Groups", {"schemas": [GROUP], "displayName": "G"}).json()
    for change in ({"op": "replace", "path": "displayName", "value": ""}, {"op": "remove", "path": "displayName"}):
        assert _is_refused(speak("patch", f"Groups/{made['id']}", patch(change)))


FILTERS = (
    "meta.lastModified gt 5",
    'meta.lastModified gt "99999-05-13"',
    'userName eq "\\u0000"',
    'externalId eq "\\ud800"',
    "not(" * 300 + 'userName eq "a"' + ")" * 300,
    " or ".join(["id pr"] * 1_000),
    'userName eq "a" garbage',
    'emails[value eq "a"]',
    "%",
)


@pytest.mark.parametrize("filter_", FILTERS)
def test_a_filter_that_is_none_is_refused_however_it_is_sent(speak: Speak, filter_: str) -> None:
    assert _is_refused(speak("get", f"Users?filter={quote(filter_)}"))
    assert _is_refused(speak("post", "Users/.search", {"schemas": [SEARCH], "filter": filter_}))


def test_the_longest_filter_is_answered(speak: Speak) -> None:
    terms = " or ".join(["id pr"] * (LONGEST_FILTER // len(" or id pr")))
    assert speak("post", "Users/.search", {"schemas": [SEARCH], "filter": terms}).status_code == 200


@pytest.mark.parametrize("filter_", ['meta.lastModified gt "19811218-9876"', "userName eq 19811218-9876"])
def test_what_was_asked_is_not_repeated(speak: Speak, filter_: str) -> None:
    answer = speak("get", f"Users?filter={quote(filter_)}")
    assert _is_refused(answer)
    assert "19811218" not in answer.content.decode()


def test_a_truth_is_one_however_it_is_written(speak: Speak) -> None:
    speak("post", "Users", user("e1", active=False))
    found = {word: speak("get", f"Users?filter=active%20eq%20{word}").json().get("totalResults") for word in TRUTHS}
    assert found == TRUTHS


TRUTHS = {"false": 1, "true": 0, '"false"': 1, '"true"': 0, '"False"': 1}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("startIndex=-5&count=2", 2),
        ("startIndex=99999999999999999999", 0),
        ("count=-1", 0),
        ("count=100000", 3),
        ("startIndex=3", 1),
    ],
)
def test_a_page_has_bounds(speak: Speak, asked: str, found: int) -> None:
    for number in range(3):
        speak("post", "Users", user(f"e{number}"))
    page = speak("get", f"Users?{asked}").json()
    assert (page["totalResults"], len(page["Resources"])) == (3, found)


@pytest.mark.parametrize("asked", ["count=x", "startIndex=1.5", f"startIndex={'9' * 5_000}", "attributes=a%5Bb"])
def test_a_page_that_is_none_is_refused(speak: Speak, asked: str) -> None:
    assert _is_refused(speak("get", f"Users?{asked}"))


def test_a_body_that_is_too_large_is_not_read(speak: Speak) -> None:
    assert speak("post", "Users", "{" + " " * 6_000_000 + "}").status_code == 413

"""T-4E-1: 0 executions of what nobody does alone; generated from the list, so that a new row is tried by itself."""

import re
from collections.abc import Callable

import pytest
from django.db.models import Q
from django.utils.module_loading import import_string

from tests.architecture.tree import sources
from tests.harness.four_eyes import (
    CASES,
    TRICKS,
    Attempt,
    begin,
    by_ones_other_account,
    by_oneself,
    decided_fairly,
    in_the_line,
    when_it_is_over,
    with_a_changed_thing,
    with_changed_arguments,
)
from tests.people import Municipality
from varn.mechanisms.approvals import actions, executing, models
from varn.mechanisms.approvals.declared import PROTECTED
from varn.mechanisms.approvals.models import Approval

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MARK = re.compile(r'^@protected\(\s*"([^"]+)"', re.MULTILINE)
EVERY = [pytest.param(key, id=key) for key in PROTECTED]
WAYS = [pytest.param(trick, id=trick.__name__) for trick in TRICKS]


def test_every_protected_action_is_tried() -> None:
    assert CASES.keys() == PROTECTED.keys()


@pytest.mark.parametrize("key", EVERY)
def test_the_action_on_the_list_carries_the_mark(key: str) -> None:
    assert import_string(PROTECTED[key].deed).protected_as == key


def test_every_mark_stands_on_the_list() -> None:
    marks = {key for path in sources() for key in MARK.findall(path.read_text(encoding="utf-8"))}
    assert marks == PROTECTED.keys()


@pytest.mark.parametrize("trick", WAYS)
@pytest.mark.parametrize("key", EVERY)
def test_nobody_alone_has_it_done(municipality: Municipality, key: str, trick: Callable[[Attempt], None]) -> None:
    attempt = begin(key, municipality)
    trick(attempt)
    assert attempt.done() == 0


@pytest.mark.parametrize("key", EVERY)
def test_two_have_it_done_once_and_never_again(municipality: Municipality, key: str) -> None:
    attempt = begin(key, municipality)
    decided_fairly(attempt)
    assert attempt.done() == 1
    decided_fairly(attempt)
    by_oneself(attempt)
    assert attempt.done() == 1


# The controls: an engine that lacks one of its checks is found out by the same tricks.


def _found(municipality: Municipality, key: str, trick: Callable[[Attempt], None]) -> bool:
    attempt = begin(key, municipality)
    trick(attempt)
    return attempt.done() > 0


@pytest.mark.parametrize(
    ("key", "trick"),
    [
        ("access:account:make_administrator", with_changed_arguments),
        ("access:account:reset_password", with_changed_arguments),
        ("access:account:reset_password", with_a_changed_thing),
        ("organisation:function:change_role", with_a_changed_thing),
    ],
)
def test_an_engine_that_asks_for_no_hash_is_found(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch, key: str, trick: Callable[[Attempt], None]
) -> None:
    monkeypatch.setattr(executing, "is_unchanged", lambda approval: True)
    monkeypatch.setattr(executing, "is_as_said", lambda approval, effects: True)
    assert _found(municipality, key, trick)


def _told_apart_by_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "another_person", lambda viewer: ~Q(requested_by=viewer.account_id))


def test_an_engine_that_tells_accounts_apart_and_not_people_is_found(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    _told_apart_by_account(monkeypatch)
    decided = actions._decided

    def forgets_who(approval: Approval, decision: str, **given: object) -> None:
        by = given.pop("by")
        decided(approval, decision, by=by.__class__(name=by.name, at=by.at, account_id=by.account_id), **given)

    monkeypatch.setattr(actions, "_decided", forgets_who)
    attempt = begin("access:account:reset_password", municipality)
    Approval.objects.update(requested_person=None)
    attempt.approval.refresh_from_db()
    by_ones_other_account(attempt)
    assert attempt.done() > 0


def test_where_the_engine_forgets_to_ask_for_the_person_the_database_does_not(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    _told_apart_by_account(monkeypatch)
    assert not _found(municipality, "access:account:reset_password", by_ones_other_account)


def test_an_engine_that_does_not_mind_the_line_is_found(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "in_one_line", lambda one, others, *, day: set())
    assert _found(municipality, "access:marking:lower_level", in_the_line)


def test_an_engine_that_knows_no_end_is_found(municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = begin("access:account:reset_password", municipality)
    Approval.objects.update(expires_at="2099-01-01T00:00:00Z")
    when_it_is_over(attempt)
    assert attempt.done() > 0

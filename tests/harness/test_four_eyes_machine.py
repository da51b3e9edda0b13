"""T-CON-2 for approvals: whatever is done in whatever order, the engine is where a model of forty lines says it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.people import AT, Municipality
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.approvals import actions, executing
from varn.mechanisms.approvals.jobs import expire
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.tests.conftest import Cast, assemble
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.door.actions import reset_password

pytestmark = [pytest.mark.django_db, pytest.mark.long]
EXAMPLES = 200
PEOPLE = ("frida", "anna", "david", "stina", "bo")
DECIDE = ("anna", "david")
LASTS = timedelta(days=3)
VERB = "access:account:reset_password"


class Model:
    """What ought to be: one request at a time for one thing, and how often the deed was done."""

    def __init__(self) -> None:
        self.state, self.until, self.done, self.changed = "", AT, 0, False

    def is_open(self, at: Any) -> bool:
        return at < self.until

    def call(self, at: Any) -> None:
        if self.state not in ("prepared", "waiting") or not self.is_open(at) or self.changed:
            self.state, self.until, self.changed = "prepared", at + LASTS, False

    def ask(self, who: str, at: Any) -> None:
        if self.state == "prepared" and who == "frida" and self.is_open(at):
            self.state = "waiting"

    def decide(self, who: str, verb: str, at: Any) -> None:
        if self.state != "waiting" or who not in DECIDE or not self.is_open(at):
            return
        self.state = "denied" if verb == "deny" else "failed" if self.changed else "executed"
        self.done += self.state == "executed"

    def withdraw(self, who: str) -> None:
        if self.state in ("prepared", "waiting") and who == "frida":
            self.state = "withdrawn"

    def expire(self, at: Any) -> None:
        if self.state in ("prepared", "waiting") and not self.is_open(at):
            self.state = "expired"


class FourEyes(RuleBasedStateMachine):
    """The engine beside the model. Every example begins with the same municipality and is undone."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.at, self.model, self.last, self.names = AT, Model(), 0, 0
        self.before = self._count()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        """Frida has asked, and it waits: most of what can go wrong begins there."""
        self.call()
        self.step("frida", "ask")

    @rule(who=st.sampled_from(PEOPLE))
    def approve(self, who: str) -> None:
        """Somebody tries to approve the latest request."""
        self.step(who, "approve")

    @rule()
    def call(self) -> None:
        """Frida tries to do it; it becomes a request."""
        by, account = self.cast.frida.viewer_at(self.at), Account.objects.get(pk=self.cast.bo.account.pk)
        with pytest.raises(actions.AwaitsApproval) as awaiting:
            reset_password(account=account, by=by, at=self.at)
        self.last = awaiting.value.approval.pk
        self.model.call(self.at)
        if self.model.done:
            self.model.changed = False

    @precondition(lambda self: self.last)
    @rule(who=st.sampled_from(PEOPLE), verb=st.sampled_from(("ask", "approve", "deny", "withdraw")))
    def step(self, who: str, verb: str) -> None:
        """Somebody tries a verb on the latest request."""
        given = {"approval": Approval.objects.get(pk=self.last), "reason": "För att", "at": self.at}
        deed: Callable[..., object] = getattr(actions, f"{verb}_approval")
        self._try(deed, by=getattr(self.cast, who).viewer_at(self.at), **given)
        if verb == "ask":
            self.model.ask(who, self.at)
        elif verb == "withdraw":
            self.model.withdraw(who)
        else:
            self.model.decide(who, verb, self.at)

    @rule(hours=st.sampled_from((1, 30, 80)))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.at += timedelta(hours=hours)

    @rule()
    def tidy(self) -> None:
        """The job comes by."""
        expire(by=system_viewer(at=self.at, job="approvals:expire"), at=self.at)
        self.model.expire(self.at)

    @precondition(lambda self: self.last)
    @rule()
    def change(self) -> None:
        """Somebody changes the account that it is about."""
        self.names += 1
        Account.objects.filter(pk=self.cast.bo.account.pk).update(name=f"Bo {self.names}")
        self.model.changed = True

    @invariant()
    def the_engine_is_where_the_model_is(self) -> None:
        if self.last:
            assert Approval.objects.get(pk=self.last).state == self.model.state
        assert self._count() == self.before + self.model.done

    def _count(self) -> int:
        return Entry.objects.filter(verb=VERB).count()

    def _try(self, deed: Callable[..., object], **given: Any) -> None:
        with _quietly(), transaction.atomic():
            deed(**given)


@contextmanager
def _quietly() -> Iterator[None]:
    try:
        yield
    except (Refused, PermissionDenied):
        return


def _run(municipality: Municipality) -> None:
    InForce.objects.create(pk=1, since=AT)
    machine = type("Machine", (FourEyes,), {"cast": assemble(municipality)})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=EXAMPLES,
        stateful_step_count=8,
        deadline=None,
        suppress_health_check=checks,
        database=None,
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_the_engine_goes_where_the_model_goes(municipality: Municipality) -> None:
    """The machine asserts after every step that engine and model stand alike; hypothesis raises where they do not."""
    _run(municipality)


def test_an_engine_that_asks_for_no_hash_is_told_apart_from_the_model(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executing, "is_unchanged", lambda approval: True)
    InForce.objects.create(pk=1, since=AT)
    walked = type("Machine", (FourEyes,), {"cast": assemble(municipality)})()
    walked.begin()
    walked.change()
    walked.approve("anna")
    with pytest.raises(AssertionError):
        walked.the_engine_is_where_the_model_is()
    walked.teardown()

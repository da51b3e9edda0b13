"""T-JAV-1: over random municipalities nobody whom a case concerns, nor their line of command, is let into it.

Every one of them is offered every assignment, membership, share and dispatch of the case, by somebody who may give it:
none is given. And they see nothing: no row of it, no hit, no suggestion, no count, no history, no notice.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from hypothesis import HealthCheck, Phase, assume, given, settings

from tests.harness import oracle
from tests.harness.test_access import standing
from tests.harness.worlds import Plan, World, beside, join_room, plans
from tests.people import AT
from varn.areas.decisions import actions as decisions
from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Clause, Decision, Dispatch, Recipient
from varn.areas.decisions.queries import To
from varn.areas.organisation.models import Person
from varn.mechanisms.access.models import Account, Compartment, Marking, Membership, Share
from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.seeing import those_who_see
from varn.mechanisms.access.viewer import Viewer, system_viewer, viewer_of
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.search.finding import find
from varn.mechanisms.search.indexing import index
from varn.mechanisms.secrecy import actions as secrecy
from varn.mechanisms.secrecy.tests.test_doing import GROUNDS

pytestmark = [pytest.mark.django_db, pytest.mark.long]
RANDOM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
BY = system_viewer(at=AT, job="somebody who may")


def let_in(plan: Plan, world: World) -> Iterator[str]:
    """Everything that was given to somebody whom a case keeps out, and everything that they saw of it."""
    for number, case in enumerate(plan.cases):
        decision = world.decisions[number]
        index(decision)
        for one in sorted(oracle.excluded_from(plan, case)):
            reader = viewer_of(world.accounts[one], at=AT)
            yield from (f"{one} was given {what}" for what in _given(world, decision, number, one))
            yield from (f"{one} saw {what}" for what in _seen(decision, reader))


def _given(world: World, decision: Decision, number: int, one: int) -> Iterator[str]:
    person, account = world.people[one], world.accounts[one]
    assignment = world.assignments[number]
    Assignment.objects.filter(pk=assignment.pk).update(state=AssignmentState.DECIDED)
    assignment.refresh_from_db()
    recipient = Recipient.objects.create(decision=decision, position=1, text="N")
    to = To(recipient=recipient, unit_id=None, person_id=person.pk, name=person.name, email="n@ekby.example")
    room = _room(decision, account)
    tried: dict[str, Callable[[], Any]] = {
        "a delegation": lambda: decisions.delegate_assignment(assignment=assignment, delegated_to=person, by=BY, at=AT),
        "a part in supporting": lambda: decisions.support_assignment(
            assignment=assignment, support=person, by=BY, at=AT
        ),
        "a dispatch": lambda: decisions.dispatch_decision(decision=decision, to=[to], by=BY, at=AT),
        "a share": lambda: secrecy.share_record(
            thing=decision, person_id=person.pk, last_date=AT.date(), ground="x", by=BY, at=AT
        ),
        "a membership": lambda: _unguarded(secrecy.grant_membership)(
            compartment=room, account=account, role="read", grounds=GROUNDS, by=BY, at=AT
        ),
    }
    for what, deed in tried.items():
        if not _refused(deed):
            yield what
    yield from _standing_rows(decision, person, room)


def _standing_rows(decision: Decision, person: Person, room: Compartment) -> Iterator[str]:
    if Assignment.objects.filter(decision=decision, delegated_to=person).exists():
        yield "a row of assignment"
    if Dispatch.objects.filter(decision=decision, person=person).exists():
        yield "a row of dispatch"
    if Share.objects.about(decision).filter(person_id=person.pk, from_at=AT).exists():
        yield "a row of share"
    if Membership.objects.filter(compartment=room, account=person.account_id, from_at=AT).exists():
        yield "a row of membership"


def _room(decision: Decision, account: Any) -> Compartment:
    """The compartment that the case lies in, with nobody of that account in it for the moment."""
    marking = Marking.objects.about(decision).holding(AT).first()
    if marking is None or marking.compartment is None:
        room = Compartment.objects.create(
            reference=f"RUM-9-{decision.pk}-{account.pk}",
            name="x",
            kind="other",
            purpose="x",
            responsible=account,
            created_at=AT,
        )
        Marking.objects.about(decision).filter(until_at=None).delete()
        Marking.objects.create(compartment=room, **beside(decision))
        return room
    Membership.objects.filter(compartment=marking.compartment, account=account).delete()
    return marking.compartment


def _refused(deed: Callable[[], Any]) -> bool:
    try:
        deed()
    except (Refused, PermissionDenied):
        return True
    return False


def _unguarded(deed: Any) -> Any:
    return getattr(deed, "unguarded", deed)


def _seen(decision: Decision, reader: Viewer) -> Iterator[str]:
    """Also as a member of its compartment and with a share in hand, as from before the case concerned them."""
    marking = Marking.objects.about(decision).holding(AT).first()
    if marking is not None and marking.compartment is not None:
        account = Account.objects.get(pk=reader.account_id)
        Membership.objects.filter(compartment=marking.compartment, account=account).delete()
        join_room(marking.compartment, account)
    Share.objects.create(person_id=reader.person_id, ground="x", until_at=AT.replace(year=2023), **beside(decision))
    for model in (Decision, Clause, Assignment, Recipient, Dispatch):
        key = {"pk": decision.pk} if model is Decision else {"decision": decision}
        if visible(model, reader).filter(**key).exists():
            yield model.__name__
    if any(hit.object_id == decision.pk for group in find(decision.title, viewer=reader) for hit in group.hits):
        yield "a hit"
    if history_of(decision, viewer=reader).exists():
        yield "its history"
    if those_who_see(decision, [reader.account_id or 0], AT):
        yield "a notice"


@RANDOM
@given(plan=plans())
def test_nobody_whom_a_case_concerns_is_let_in(plan: Plan) -> None:
    assume(any(oracle.excluded_from(plan, case) for case in plan.cases))
    with standing(plan) as world:
        assert list(let_in(plan, world)) == []


FAULTS: dict[str, tuple[str, Any]] = {
    "the line is not asked": (
        "varn.areas.organisation.queries.naming.lines_over",
        lambda people, day: {person: set() for person in people},
    ),
    "the giver is not stopped": (
        "varn.mechanisms.secrecy.conflicts.kept_out_of",
        lambda thing, at: set(),
    ),
    "the named see it": ("varn.mechanisms.access.guards.in_conflict", lambda viewer: Q(pk__in=[])),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, value = FAULTS[fault]
    monkeypatch.setattr(path, value)

    @settings(RANDOM, max_examples=200, phases=[Phase.generate], database=None, derandomize=True)
    @given(plan=plans())
    def holds(plan: Plan) -> None:
        with standing(plan) as world:
            assert list(let_in(plan, world)) == []

    with pytest.raises(AssertionError):
        holds()

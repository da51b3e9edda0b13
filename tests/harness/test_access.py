"""The differential test of `visible_to`: over random municipalities it gives exactly what the oracle says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings

from tests.harness import oracle
from tests.harness.worlds import Plan, World, build, plans
from tests.people import AT
from varn.areas.decisions.models import Assignment, Clause, Decision
from varn.areas.decisions.models import decisions as reach
from varn.areas.organisation.models import Appointment, Person
from varn.kernel.levels import Level
from varn.mechanisms.access import known
from varn.mechanisms.access.guards import in_conflict
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.secrecy.explaining import explain

pytestmark = [pytest.mark.django_db, pytest.mark.long]
RANDOM = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def standing(plan: Plan) -> Iterator[World]:
    """The plan's rows, for as long as it is asked about."""
    with transaction.atomic():
        reach._has_little_reach.cache_clear()
        known._written.cache_clear()
        yield build(plan)
        transaction.set_rollback(True)


def differences(plan: Plan, world: World) -> list[str]:
    """Every row that the product shows or hides otherwise than the oracle says."""
    return [
        f"{reader}: {name} {row}"
        for reader, account in enumerate(world.accounts)
        for name, expected, found in _asked(plan, world, reader, viewer_of(account, at=AT))
        for row in expected ^ found
    ]


def _asked(plan: Plan, world: World, reader: int, viewer: Viewer) -> Iterator[tuple[str, set[int], set[int]]]:
    cases = {
        row.pk for case, row in zip(plan.cases, world.decisions, strict=True) if oracle.sees_case(plan, reader, case)
    }
    yield "decision", cases, _ids(Decision, viewer)
    yield "assignment", cases, _ids(Assignment, viewer, "decision_id")
    yield "clause", cases, _ids(Clause, viewer, "decision_id")
    people = {row.pk for number, row in enumerate(world.people) if oracle.sees_person(plan, reader, number)}
    yield "person", people, _ids(Person, viewer)
    appointments = {
        row.pk
        for (person, place), row in world.appointments.items()
        if oracle.sees_appointment(plan, reader, person, plan.people[person].placed[place])
    }
    yield "appointment", appointments, _ids(Appointment, viewer)


def _levels_alone(markings: Any) -> Any:
    return markings.filter(level__gte=Level.SENSITIVE)


def _ids(model: Any, viewer: Viewer, field: str = "pk") -> set[int]:
    return set(model.objects.visible_to(viewer).values_list(field, flat=True))


@pytest.mark.parametrize("few", [2_000, -1], ids=["gathered", "asked-row-by-row"])
def test_the_product_shows_what_the_oracle_says(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "FEW", few)

    @RANDOM
    @given(plan=plans())
    def holds(plan: Plan) -> None:
        with standing(plan) as world:
            assert differences(plan, world) == []

    holds()


@RANDOM
@given(plan=plans())
def test_the_explanation_says_what_is_shown(plan: Plan) -> None:
    with standing(plan) as world:
        for account in world.accounts:
            viewer = viewer_of(account, at=AT)
            for model, rows in ((Decision, world.decisions), (Person, world.people)):
                shown = _ids(model, viewer)
                for row in rows:
                    told = explain(row, reader=viewer, by=viewer, tells_conflicts=True)
                    assert told.is_whole
                    assert told.sees == (row.pk in shown), told


SEEDED: dict[str, tuple[str, Callable[..., Any]]] = {
    "an overview opens what is sensitive": (
        "varn.mechanisms.access.viewer.Viewer.narrowed",
        lambda self, level: replace(self, scopes=tuple(each for each in self.scopes if each.level >= level)),
    ),
    "the level of the role is not asked": (
        "varn.mechanisms.access.viewer.Viewer.narrowed",
        lambda self, level: replace(
            self, scopes=tuple(replace(each, overview=False, everything=False) for each in self.scopes)
        ),
    ),
    "a membership never ends": (
        "varn.mechanisms.access.models.compartments.MembershipQuerySet.holding",
        lambda self, at: self,
    ),
    "a compartment is open": ("varn.mechanisms.access.models.markings.MarkingQuerySet.restricting", _levels_alone),
    "a share never ends": ("varn.mechanisms.access.models.shares.ShareQuerySet.holding", lambda self, at: self),
    "the line of command is not excluded": (
        "varn.mechanisms.access.guards.in_conflict",
        lambda viewer: Q(person_id__in=viewer.people),
    ),
    "only the line is excluded": (
        "varn.mechanisms.access.guards.in_conflict",
        lambda viewer: in_conflict(viewer) & ~Q(person_id__in=viewer.people),
    ),
    "named deputies of the line are not excluded": (
        "varn.mechanisms.access.viewer.Viewer.commanded",
        property(lambda self: frozenset(one.unit_id for one in self.scopes if one.commands and one.permissions)),
    ),
    "a subject is one for ever": (
        "varn.mechanisms.access.models.guarded.BesideQuerySet.holding",
        lambda self, at: self,
    ),
    "a protected identity is shown": ("varn.areas.organisation.models.people.PersonQuerySet.guards", ()),
    "the parts of a decision are not guarded": (
        "varn.areas.decisions.models.decisions.DecisionPartQuerySet.guards",
        (),
    ),
}


@pytest.mark.parametrize("fault", SEEDED)
def test_a_fault_in_a_rule_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, mutated = SEEDED[fault]
    monkeypatch.setattr(path, mutated)

    @settings(RANDOM, max_examples=400, phases=[Phase.generate], database=None, derandomize=True)
    @given(plan=plans())
    def holds(plan: Plan) -> None:
        with standing(plan) as world:
            assert differences(plan, world) == []

    with pytest.raises(AssertionError):
        holds()

"""The battery that every lifecycle passes: each move tried from each state, and what the database would let in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.access.world import build
from tests.architecture.tree import lifecycles, permissions
from varn.kernel.lifecycle import Context, Move
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.door.actions import send_feedback
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.moves.models import Move as Made
from varn.mechanisms.ui.words import sentence

pytestmark = pytest.mark.django_db
REASON = "Så har det beslutats"
VERBS = [
    pytest.param(model, state, verb, id=f"{name}.{state}-{verb}")
    for name, model in lifecycles().items()
    for state in model.lifecycle.states
    for verb in dict.fromkeys(move.name for move in model.lifecycle.moves)
]
DECLARED = [
    pytest.param(model, state, move.name, id=f"{name}.{state}-{move.name}")
    for name, model in lifecycles().items()
    for move in model.lifecycle.moves
    for state in move.sources
]
WITH_A_REASON = [
    case for case in DECLARED if case.values[0].lifecycle.move(case.values[2], case.values[1]).reason_required
]


@pytest.fixture(scope="module")
def things(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Any]]:
    """One of each thing that has a lifecycle, by its name. They stand through the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        world.records("21", "Ordning Reda")
        send_feedback(text="Ordning", page="/", email="", by=system_viewer(at=world.at, job="x"), at=world.at)
        yield {name: model._base_manager.latest("pk") for name, model in lifecycles().items()} | {"at": world.at}
        transaction.set_rollback(True)


@pytest.fixture
def at(things: dict[str, Any]) -> datetime:
    """The moment of the world."""
    return things["at"]


@pytest.mark.parametrize(("model", "state", "verb"), VERBS)
def test_a_move_is_made_from_its_sources_and_from_nowhere_else(
    things: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch, model: Any, state: StrEnum, verb: str
) -> None:
    moves = tuple(replace(move, conditions=()) for move in model.lifecycle.moves)
    monkeypatch.setattr(model, "lifecycle", replace(model.lifecycle, moves=moves))
    thing, move = _brought_to(things, model, state, at), _declared(model, state, verb)
    if move is None:
        _assert_refused(thing, verb, by=_system(at), at=at)
    else:
        _assert_made(thing, move, state, at=at)


@pytest.mark.parametrize(("model", "state", "verb"), DECLARED)
def test_a_condition_that_is_not_met_stops_the_move_in_words_and_changes_nothing(
    things: dict[str, Any], at: datetime, model: Any, state: StrEnum, verb: str
) -> None:
    thing, move = _brought_to(things, model, state, at), _declared(model, state, verb)
    if move.refusal(model._base_manager.get(pk=thing.pk), Context(by=_system(at), at=at)):
        _assert_refused(thing, verb, by=_system(at), at=at)
    else:
        _assert_made(thing, move, state, at=at)


@pytest.mark.parametrize(("model", "state", "verb"), WITH_A_REASON)
def test_a_move_that_wants_a_reason_is_not_made_without_one(
    things: dict[str, Any], at: datetime, model: Any, state: StrEnum, verb: str
) -> None:
    _assert_refused(_brought_to(things, model, state, at), verb, by=_system(at), at=at, reason=" ")


@pytest.mark.parametrize(("model", "state", "verb"), DECLARED)
def test_who_has_no_right_makes_no_move(
    things: dict[str, Any], at: datetime, model: Any, state: StrEnum, verb: str
) -> None:
    thing = _brought_to(things, model, state, at)
    before = _stands(thing)
    with pytest.raises(PermissionDenied):
        make(thing, verb, by=Viewer(name="Elin Ek", at=at), at=at, reason=REASON)
    assert _stands(thing) == before


@pytest.mark.parametrize("model", lifecycles().values(), ids=lambda model: model._meta.label)
def test_the_database_holds_exactly_the_declared_states(model: type[models.Model]) -> None:
    declared = set(model.lifecycle.check_constraint_values())
    conditions = [
        constraint.condition
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and "state__in" in dict(_pairs(constraint.condition))
    ]
    assert [set(dict(_pairs(condition))["state__in"]) for condition in conditions] == [declared]


@pytest.mark.parametrize("model", lifecycles().values(), ids=lambda model: model._meta.label)
def test_every_move_has_a_declared_permission(model: type[models.Model]) -> None:
    assert {str(move.permission) for move in model.lifecycle.moves} <= permissions()


def _brought_to(things: dict[str, Any], model: Any, state: StrEnum, at: datetime) -> Any:
    """The thing as it was read before it came into this state, from the first of its states."""
    thing = model._base_manager.get(pk=things[model.lifecycle.name].pk)
    model._base_manager.filter(pk=thing.pk).update(state=state)
    _history(thing).filter(until_at=None).update(until_at=at)
    Made.objects.create(
        content_type=ContentType.objects.get_for_model(model),
        object_id=thing.pk,
        name="begin",
        source=model.lifecycle.initial,
        target=state,
        made_at=at,
    )
    return thing


def _assert_made(thing: Any, move: Move, source: StrEnum, *, at: datetime) -> None:
    """The move is made: the state is its target, the history and the trail have one more row each that says so."""
    _, history, trail = _stands(thing)
    make(thing, move.name, by=_system(at), at=at, reason=REASON)
    target = type(thing).lifecycle.initial if move.goes_back else move.target
    state, made, told = _stands(thing)
    assert thing.state == state == target
    assert made[:-2] == history[:-1]
    assert [(row["source"], row["target"], row["until_at"]) for row in made[-2:]] == [
        (history[-1]["source"], source, at),
        (source, target, None),
    ]
    assert told[:-1] == trail
    assert (told[-1]["verb"], told[-1]["reason"]) == (str(move.permission), REASON)
    assert told[-1]["changes"] == {"state": [source, target]}


def _assert_refused(thing: Any, verb: str, *, by: Viewer, at: datetime, reason: str = REASON) -> None:
    """The move is refused with a whole sentence in each language, and everything stands as it stood."""
    before = _stands(thing)
    with pytest.raises(Refused) as refused:
        make(thing, verb, by=by, at=at, reason=reason)
    for language in ("sv", "en"):
        with translation.override(language):
            said = sentence(refused.value.refusal)
        assert said.endswith(".")
        assert "{" not in said
    assert _stands(thing) == before


def _stands(thing: Any) -> tuple[str, list, list]:
    """The state in the database, the history and the trail."""
    state = type(thing)._base_manager.values_list("state", flat=True).get(pk=thing.pk)
    return state, list(_history(thing).order_by("pk").values()), list(Entry.objects.order_by("pk").values())


def _history(thing: Any) -> models.QuerySet:
    return Made.objects.filter(content_type=ContentType.objects.get_for_model(type(thing)), object_id=thing.pk)


def _declared(model: Any, state: StrEnum, verb: str) -> Move | None:
    return next((move for move in model.lifecycle.moves_from(state) if move.name == verb), None)


def _system(at: datetime) -> Viewer:
    return system_viewer(at=at, job="organisation:follow_the_calendar")


def _pairs(condition: models.Q) -> list[tuple]:
    return [child for child in condition.children if isinstance(child, tuple)]

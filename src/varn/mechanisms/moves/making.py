"""The guard of every lifecycle, and the page's question which moves are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import CheckConstraint, Q

from varn.kernel import lifecycle
from varn.kernel.lifecycle import Context, Lifecycle, MadeBy, Refusal
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import Refused, record
from varn.mechanisms.moves.models import Move
from varn.mechanisms.web.once import using_the_key

__all__ = ["OpenMove", "Refused", "begin", "begin_all", "make", "moves_of", "open_moves", "state_constraint"]


@dataclass(frozen=True, kw_only=True)
class OpenMove:
    """A button: the move, and why it is closed for the moment, if it is."""

    move: lifecycle.Move
    refusal: Refusal | None


def make(thing: Any, name: str, *, by: Viewer, at: datetime, reason: str = "") -> Move:
    """The thing is in the move's target state, with the move in its history and in the trail.

    Raises `Refused` when the state, a condition or a missing reason stands against it, and `PermissionDenied` when the
    reader does not hold the move's right on this thing.
    """
    with transaction.atomic(), using_the_key():
        model = type(thing)
        locked = model._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)
        move = _move_from(model.lifecycle, name, locked.state)
        if not may(by, move.permission, locked):
            raise PermissionDenied(move.permission)
        refusal = move.refusal(locked, Context(by=by, at=at))
        if refusal is None and move.reason_required and not reason.strip():
            refusal = Refusal("moves:refusal.reason_missing")
        if refusal is not None:
            raise Refused(refusal)
        source = locked.state
        thing.state = (_state_before(thing) if move.goes_back else "") or move.target.value
        thing.save(update_fields=["state"])
        record(move.permission, thing, by=by, at=at, changes={"state": (source, thing.state)}, reason=reason)
        return _remember(thing, move, source, by=by, at=at, reason=reason)


def begin(thing: Any, *, by: Viewer, at: datetime) -> Move:
    """The thing's first state stands in its history: the move that brought it into being."""
    return _open(thing, "begin", source="", target=thing.state, by=by, at=at)


def begin_all(things: Sequence[Any], *, by: Viewer, at: datetime) -> None:
    """The first state of every one of these things of the same kind stands in its history, written in one go."""
    Move.objects.bulk_create(
        [
            Move(
                content_type=_kind(thing),
                object_id=thing.pk,
                name="begin",
                source="",
                target=thing.state,
                made_at=at,
                account_id=by.account_id,
                actor=by.name,
            )
            for thing in things
        ],
        batch_size=1_000,
    )


def open_moves(thing: Any, *, by: Viewer, at: datetime) -> list[OpenMove]:
    """The moves this reader may make from where the thing is, each with the reason if it is closed just now."""
    context = Context(by=by, at=at)
    return [
        OpenMove(move=move, refusal=move.refusal(thing, context))
        for move in type(thing).lifecycle.moves_from(thing.state)
        if move.made_by is MadeBy.BUTTON and may(by, move.permission, thing)
    ]


def moves_of(thing: Any, *, viewer: Viewer) -> models.QuerySet[Move]:
    """The moves of a thing the reader may see, first to last; none for other readers."""
    if not type(thing)._default_manager.visible_to(viewer).filter(pk=thing.pk).exists():
        return Move.objects.none()
    return Move.objects.filter(content_type=_kind(thing), object_id=thing.pk)


def state_constraint(cycle: Lifecycle, *, name: str) -> CheckConstraint:
    """The database refuses a state that the lifecycle does not declare."""
    return CheckConstraint(condition=Q(state__in=cycle.check_constraint_values()), name=name)


def _move_from(cycle: Lifecycle, name: str, state: str) -> lifecycle.Move:
    try:
        return cycle.move(name, state)
    except lifecycle.MoveNotOpen as error:
        raise Refused(Refusal("moves:refusal.not_from_here", state=f"{cycle.name}.{state}")) from error


def _state_before(thing: Any) -> str:
    """The state that the thing was in before the one it is in; empty where its history does not say."""
    latest = Move.objects.filter(content_type=_kind(thing), object_id=thing.pk, until_at=None).first()
    return latest.source if latest else ""


def _remember(thing: Any, move: lifecycle.Move, source: str, *, by: Viewer, at: datetime, reason: str) -> Move:
    Move.objects.filter(content_type=_kind(thing), object_id=thing.pk, until_at=None).update(until_at=at)
    return _open(thing, move.name, source=source, target=thing.state, by=by, at=at, reason=reason)


def _open(thing: Any, name: str, *, source: str, target: str, by: Viewer, at: datetime, reason: str = "") -> Move:
    return Move.objects.create(
        content_type=_kind(thing),
        object_id=thing.pk,
        name=name,
        source=source,
        target=target,
        made_at=at,
        account_id=by.account_id,
        actor=by.name,
        reason=reason,
    )


def _kind(thing: models.Model) -> ContentType:
    return ContentType.objects.get_for_model(thing)

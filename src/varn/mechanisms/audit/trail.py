"""Writing the trail, and the promise that no action goes without it."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, models, transaction

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.conflicts import is_conflict
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.web.once import done_to, using_the_key

P = ParamSpec("P")
R = TypeVar("R")
Changes = dict[str, tuple[Any, Any]]

_recorded: ContextVar[int] = ContextVar("recorded", default=0)


class Refused(Exception):
    """The deed may not be done now. `refusal` says why, in a key that can be shown as a sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.key)
        self.refusal = refusal


class Untrailed(RuntimeError):
    """An action changed something without a word in the trail. It was undone."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """The function is one deed: all of it happens, with at least one entry in the trail, or none of it does.

    Where somebody else's deed at the same time stands against it, that is said as every other refusal is. The first
    deed of a form uses up the form's key in the same transaction, so that what is sent twice is done once.
    """

    @wraps(function)
    def deed(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic(), using_the_key():
                before = _recorded.get()
                result = function(*args, **kwargs)
                if _recorded.get() == before:
                    raise Untrailed(function.__qualname__)
                return result
        except DatabaseError as error:
            if is_conflict(error):
                raise Refused(Refusal("audit:refusal.changed_meanwhile")) from error
            raise

    vars(deed).update(is_action=True)
    return deed


def record(
    verb: str, thing: models.Model, *, by: Viewer, at: datetime, changes: Changes | None = None, reason: str = ""
) -> Entry:
    """The deed stands in the trail. `changes` maps each changed field to (old, new)."""
    _recorded.set(_recorded.get() + 1)
    done_to(thing)
    return Entry.objects.create(
        at=at,
        account_id=by.account_id,
        actor=by.name,
        function=by.function[:300],
        verb=verb,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        reference=str(thing)[:200],
        changes={name: [old, new] for name, (old, new) in (changes or {}).items()},
        reason=reason,
    )


def change(thing: models.Model, **values: Any) -> Changes:
    """The values are saved on the thing; what really differed is returned as (old, new), ready for `record`."""
    changes = {name: (getattr(thing, name), new) for name, new in values.items() if getattr(thing, name) != new}
    for name, (_, new) in changes.items():
        setattr(thing, name, new)
    if changes:
        thing.save(update_fields=list(changes))
    return {name: (_plain(old), _plain(new)) for name, (old, new) in changes.items()}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value

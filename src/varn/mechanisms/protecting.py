"""The mark of a deed that nobody does alone: `@protected`, outermost on an action, whatever storey the action lies on.

Without an approval in hand the deed is not done: `settings.APPROVALS` makes a request of it instead (docs/mechanisms/
approvals.md). What is protected and who approves it is data; this is only the hook, and knows nothing of either.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

R = TypeVar("R")
Deed = Callable[..., R]


class AwaitsApproval(Exception):
    """The deed was not done: it waits for somebody else. `approval` is the request, and its page says what it needs."""

    def __init__(self, approval: Any) -> None:
        super().__init__(str(approval))
        self.approval = approval


def protected(key: str, *, when: Callable[..., bool] | None = None) -> Callable[[Deed[R]], Deed[R]]:
    """The action is done only when another person has approved exactly this.

    `when` is called with the action's own arguments and says whether it is the protected kind; otherwise it always is.
    """

    def decorate(deed: Deed[R]) -> Deed[R]:
        @wraps(deed)
        def guarded(**arguments: Any) -> R:
            if when is not None and not when(**arguments):
                return deed(**arguments)
            done: R = import_string(settings.APPROVALS)(key, deed, arguments)
            return done

        vars(guarded).update(protected_as=key, unguarded=deed)
        return guarded

    return decorate

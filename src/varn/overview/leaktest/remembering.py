"""What is the same in every request of one reader is worked out once: what they hold, and how many notices wait.

Each request begins from the same rows, because what an answer writes is undone. So the reader's scopes and the number
in the top bar are the same each time, and writing out those questions takes longer than the rest of most answers. What
is remembered counts as many questions as it took, and is never used once the request has written something that is not
the mark of the request itself.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.module_loading import import_string

from varn.mechanisms.access.viewer import Scope, Viewer

# What every request writes of itself: that the session was used, and that something was attempted.
OF_ITSELF = {"door_session", "door_cached"}


@dataclass(kw_only=True)
class Tally:
    """What the request that is being answered has asked the database, and which tables it has written in."""

    queries: int = 0
    written: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """A new request."""
        self.queries, self.written = 0, set()


class Memory:
    """What has been worked out since rows last came, with the number of questions that it took."""

    def __init__(self, tally: Tally) -> None:
        self.known: dict[Hashable, tuple[Any, int]] = {}
        self._tally = tally

    def forget(self) -> None:
        """Rows have come that stay."""
        self.known.clear()

    def recall(self, key: Hashable, work_out: Callable[[], Any]) -> Any:
        """What is known by this key, worked out where it is not, or where the request has written."""
        tally = self._tally
        if tally.written - OF_ITSELF:
            return work_out()
        if key not in self.known:
            before = tally.queries
            self.known[key] = work_out(), tally.queries - before
        else:
            tally.queries += self.known[key][1]
        return self.known[key][0]


_MEMORY: ContextVar[tuple[Memory, str, str]] = ContextVar("memory")


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """While it lasts, the product asks the memory first for a reader's scopes and for how many notices wait."""
    token = _MEMORY.set((memory, settings.ACCESS_SCOPES, settings.UNREAD_NOTICES))
    here = {"ACCESS_SCOPES": f"{__name__}.scopes_of", "UNREAD_NOTICES": f"{__name__}.unread_count"}
    try:
        with override_settings(**here):
            yield
    finally:
        _MEMORY.reset(token)


def scopes_of(*, account_id: int, at: datetime) -> tuple[int | None, list[Scope]]:
    """As `settings.ACCESS_SCOPES` says it on the day."""
    memory, scopes, _unread = _MEMORY.get()
    key = "scopes", scopes, account_id, timezone.localdate(at)
    person, found = memory.recall(key, lambda: import_string(scopes)(account_id=account_id, at=at))
    return person, list(found)


def unread_count(*, viewer: Viewer) -> int:
    """As `settings.UNREAD_NOTICES` says it on the day."""
    memory, _scopes, unread = _MEMORY.get()
    midnight = datetime.combine(viewer.day, datetime.min.time(), tzinfo=viewer.at.tzinfo)
    key = "unread", unread, replace(viewer, at=midnight)
    return int(memory.recall(key, lambda: import_string(unread)(viewer=viewer)))

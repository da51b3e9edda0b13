"""Where Django keeps sessions: in rows that can be listed and ended, and that open nothing by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from varn.mechanisms.access import assurance
from varn.mechanisms.door.models import Ending, Session
from varn.mechanisms.door.sessions.browsers import Kind
from varn.mechanisms.door.sessions.limits import limits
from varn.mechanisms.door.sessions.sealing import name_of, seal, unseal
from varn.mechanisms.installation.chosen import installation

BEGUN = "varn_begun"
KEPT = "L18"
# A clock that is set back gives no session more time than this.
SLIP = timedelta(minutes=1)


class SessionStore(SessionBase):
    """One session. `row` is what the database tells of it, and `ended` why it is over, once it has been loaded."""

    kind = Kind()
    row: Session | None = None
    _get_new_session_key: Callable[[], str]
    _get_session: Callable[..., dict[str, Any]]
    ended: str = ""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, if it is over."""
        now = timezone.now()
        row = Session.objects.filter(key=name_of(str(self.session_key))).first()
        self.ended = _ending(row, now) if row else ""
        contents = unseal(row.sealed, key=str(self.session_key)) if row and not self.ended else None
        if contents is None:
            self._session_key = None
            return {}
        self.row = row
        return contents

    def exists(self, session_key: str) -> bool:
        """Whether there is or was a session of this key."""
        return Session.objects.filter(key=name_of(session_key)).exists()

    def create(self) -> None:
        """The session has a key of its own that nobody has had."""
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """The database knows what the session holds. One that has been ended meanwhile does not come back."""
        if self.session_key is None:
            return self.create()
        key = str(self.session_key)
        values = self._values(self._get_session(no_load=must_create), timezone.now())
        if must_create:
            try:
                with transaction.atomic():
                    self.row = Session.objects.create(key=name_of(key), **values)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(key=name_of(key), ended_at=None).update(**values):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        """There is no such session, and nothing tells that there was."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key=name_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Sessions that have been over for as long as L18 says are forgotten."""
        now = timezone.now()
        kept = timedelta(days=installation().days(KEPT, on=timezone.localdate(now)))
        Session.objects.filter(idle_until__lt=now - kept).delete()

    def _values(self, contents: dict[str, Any], now: datetime) -> dict[str, Any]:
        """The row of the session. Its longest time runs from signing in, and no new key of it begins it anew."""
        account = contents.get(SESSION_KEY)
        begun = contents.get(BEGUN) or {}
        if begun.get("account") != account or not begun:
            begun = contents[BEGUN] = {"account": account, "at": now.timestamp()}
        way = assurance.way_of(self)
        bounds, begun_at = limits(at=now, way=way), datetime.fromtimestamp(begun["at"], tz=now.tzinfo)
        return {
            "sealed": seal(contents, key=str(self.session_key)),
            "account_id": account,
            "begun_at": begun_at,
            "seen_at": now,
            "idle_until": now + bounds.idle,
            "ends_at": begun_at + bounds.longest,
            "way": way,
            "assurance": int(assurance.of(self)),
            "browser": self.kind.browser,
            "system": self.kind.system,
        }


def _ending(row: Session, now: datetime) -> str:
    """Why the session is over; nothing, if it is not."""
    if row.ended_at is not None:
        return row.ended_by
    if now >= row.ends_at:
        return Ending.LONGEST
    return Ending.IDLE if now >= row.idle_until or now < row.seen_at - SLIP else ""

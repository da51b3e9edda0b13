"""Asking why somebody sees a record: the question stands in the trail of the record before it is answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.secrecy.explaining import Explanation, explain
from varn.mechanisms.secrecy.records import is_seen


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Who was asked about, as of when, and why they see the record or do not."""

    thing: Any
    account: Account
    moment: datetime
    explanation: Explanation


@action
def ask_why(*, thing: Any, account: Account, moment: datetime, by: Viewer, at: datetime) -> Answer:
    """That it was asked about this person stands in the record's trail, and the answer is given.

    Asked only about records that the one who asks may see, and as of a moment no later than now. Conflicts are told to
    whoever may read the subjects of this case: never to the machine, nor to whoever stands at it.
    """
    require(Permission.EXPLAIN, by=by)
    if not is_seen(thing, by) or moment > at:
        raise PermissionDenied(Permission.EXPLAIN)
    changes = {"asked_about": (None, account.name), "as_of": (None, moment.isoformat())}
    record(Permission.EXPLAIN, thing, by=by, at=at, changes=changes)
    tells = not by.is_system and may(by, Permission.READ_SUBJECTS, thing)
    explanation = explain(thing, reader=viewer_of(account, at=moment), by=by, tells_conflicts=tells)
    return Answer(thing=thing, account=account, moment=moment, explanation=explanation)

"""The buttons on the page of an assignment: what the reader may do with it, the most fitting first."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from varn.areas.decisions import queries
from varn.areas.decisions.lifecycle import OPEN_STATES
from varn.areas.decisions.models import Assignment
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import fitting_first, work_on_assignment
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import verb_url
from varn.mechanisms.ui.details import MoveButton
from varn.mechanisms.ui.tones import Tone
from varn.mechanisms.ui.words import word

ICONS = {
    Permission.REPORT_PROGRESS: "pencil",
    Permission.INTERPRET: "calendar",
    Permission.DELEGATE: "user-check",
    Permission.SUPPORT: "users",
    Permission.EXTEND: "calendar-event",
    Permission.CLOSE: "circle-check",
    Permission.TAKE_BACK: "user-x",
    Permission.ADOPT: "gavel",
    Permission.MATCH: "link",
    Permission.REPEAL_ASSIGNMENT: "archive",
}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A button on the page of an assignment, called as its permission is."""

    permission: str
    url: str
    icon: str = ""
    ends: bool = False

    @property
    def label(self) -> str:
        """The one label of this deed."""
        return capfirst(word(self.permission))


def buttons_of(assignment: Assignment, moves: list[MoveButton], request: Request) -> dict[str, Any]:
    """The deeds that fit best, and the others, which are folded; those that end it stand last."""
    open_moves = [
        Deed(permission=f"decisions:assignment:{move.name}", url=move.url, ends=move.tone is Tone.DANGER)
        for move in moves
        if not move.closed
    ]
    deeds = {deed.permission: deed for deed in (*open_moves, *_deeds(assignment, request))}
    is_matched = bool(assignment.office_id or assignment.unit_id)
    first = fitting_first(assignment.state, deeds.keys(), is_matched=is_matched, is_read=_is_read(assignment))
    others = [deed for permission, deed in deeds.items() if permission not in first]
    return {"first": [deeds[each] for each in first], "others": sorted(others, key=lambda deed: deed.ends)}


def _deeds(assignment: Assignment, request: Request) -> list[Deed]:
    """What the reader may do with it besides the moves, in the state that it is in."""
    is_open, is_delegated = assignment.state in OPEN_STATES, assignment.delegated_to_id is not None
    return [
        Deed(permission=permission, url=verb_url(assignment, _verb(permission)), icon=ICONS[permission])
        for permission in work_on_assignment(assignment.state, is_open=is_open, is_delegated=is_delegated)
        if may(request.viewer, permission, assignment)
    ]


def _is_read(assignment: Assignment) -> bool:
    """Whether somebody has read its deadline, or set one."""
    return queries.deadline_now(assignment) is not None


def _verb(permission: str) -> str:
    return permission.rpartition(":")[2]

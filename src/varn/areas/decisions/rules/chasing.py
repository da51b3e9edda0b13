"""When somebody who has not answered is reminded, and how long a link to answer by is good."""

from datetime import date

from varn.kernel.lawbook import LAW, InactiveRule, due

REMINDER = "L01"
LINK = "L03"
DUE_SOON = "L04"
ESCALATION = "L05"


def link_valid_until(sent: date) -> date:
    """The last day on which a link sent that day can be used. Without a value in the lawbook, that day only."""
    return _after(LINK, sent) or sent


def due_soon_until(day: date) -> date:
    """The last day that counts as near, seen from this day."""
    return _after(DUE_SOON, day) or day


def _after(rule_id: str, day: date) -> date | None:
    try:
        return due(LAW[rule_id].on(day), day)
    except InactiveRule:
        return None

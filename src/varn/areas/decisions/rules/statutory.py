"""The dates that the law sets after a meeting: verified by, posted by, appealed until."""

from dataclasses import dataclass
from datetime import date, timedelta

from varn.kernel.lawbook import LAW, InactiveRule, due

VERIFICATION = "D15"
POSTING = "D16"
APPEAL = "D17"


@dataclass(frozen=True, kw_only=True)
class StatutoryDate:
    """A day computed from the lawbook, and which version of which rule gave it, as it is kept with the decision."""

    day: date
    law: dict[str, str]


def verified_by(meeting: date) -> StatutoryDate | None:
    """The last day to verify the minutes of a meeting. `None` where the lawbook has no value for the rule."""
    return _computed(VERIFICATION, meeting)


def posted_by(verified: date) -> StatutoryDate | None:
    """The last day to post the notice of verified minutes."""
    return _computed(POSTING, verified)


def appealed_until(posted: date) -> StatutoryDate | None:
    """The last day to appeal against a decision whose notice was posted."""
    return _computed(APPEAL, posted)


def binding_from(appeal_until: date | None) -> date | None:
    """The first day on which a decision is binding that nobody appeals: the day after the last one to appeal.

    `None` while the notice is not posted.
    """
    return appeal_until + timedelta(days=1) if appeal_until else None


def _computed(rule_id: str, start: date) -> StatutoryDate | None:
    try:
        version = LAW[rule_id].on(start)
    except InactiveRule:
        return None
    law = {
        "rule": rule_id,
        "from": version.from_date.isoformat() if version.from_date else "",
        "value": version.written,
        "source": version.source,
        "verified": version.verified,
        "start": start.isoformat(),
    }
    return StatutoryDate(day=due(version, start), law=law)

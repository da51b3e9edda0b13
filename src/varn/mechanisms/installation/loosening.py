"""Which of the municipality's own numbers guard the way in: a larger one makes it weaker."""

from collections.abc import Mapping
from datetime import date

from varn.kernel.calendar import Period
from varn.kernel.lawbook import LAW, Amount
from varn.mechanisms.installation.chosen import installation

# Links for choosing a password, sessions, proofs, tokens, the break-glass account, requests for approval.
LONGER_IS_WEAKER = ("L06", "L11", "L12", "L13", "L14", "L15", "L17", "L20", "L30")


def loosens(reminders: Mapping[str, int], *, on: date) -> bool:
    """Whether one of these numbers would be larger than it is now, where larger is weaker."""
    now = installation().reminders
    return any(_holds(rule, reminders, on) > _holds(rule, now, on) for rule in LONGER_IS_WEAKER)


def _holds(rule_id: str, chosen: Mapping[str, int], on: date) -> int:
    """The municipality's own number, or otherwise the lawbook's; nothing while the rule does not hold."""
    if rule_id in chosen:
        return int(chosen[rule_id])
    version = LAW[rule_id].version_on(on) if rule_id in LAW else None
    value = version.value if version else None
    if isinstance(value, Period):
        return value.weeks * 7 + value.days
    return int(value.number) if isinstance(value, Amount) else 0

"""The lawbook's windows as days: what counts as soon, and when somebody has waited too long."""

from dataclasses import dataclass
from datetime import date, timedelta

from varn.mechanisms.installation.chosen import installation

ACKNOWLEDGED_WITHIN, ENDING_WITHIN, DUE_WITHIN, UNSENT_WITHIN = "L01", "L02", "L04", "L10"


@dataclass(frozen=True, kw_only=True)
class Windows:
    """The windows around one day, by the municipality's own numbers of days where it has chosen them."""

    day: date
    due_soon: date
    ending_soon: date
    sent_too_long_ago: date
    unsent_since: date


def windows_on(day: date) -> Windows:
    """The windows of this day."""
    chosen = installation()
    return Windows(
        day=day,
        due_soon=day + timedelta(days=chosen.days(DUE_WITHIN, on=day)),
        ending_soon=day + timedelta(days=chosen.days(ENDING_WITHIN, on=day)),
        sent_too_long_ago=day - timedelta(days=chosen.days(ACKNOWLEDGED_WITHIN, on=day)),
        unsent_since=day - timedelta(days=chosen.days(UNSENT_WITHIN, on=day)),
    )

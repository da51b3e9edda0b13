"""What must hold of an appointment before it is proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from varn.areas.organisation.rules.kinds import OPEN_TO_SUPPLIED
from varn.kernel.lifecycle import Refusal

NONE = Decimal(0)
FULL_TIME = Decimal(1)
FINEST_SHARE = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Load:
    """A part of full time during a period (half-open)."""

    share: Decimal
    from_date: date
    until_date: date | None

    def holds(self, day: date) -> bool:
        """Whether the load is carried on the day."""
        return self.from_date <= day and (self.until_date is None or day < self.until_date)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An appointment as it would be. Units come with their kind and the day until which they stand.

    `longest` is how many days it may stand at most, where its role demands a last day.
    """

    from_date: date
    until_date: date | None
    units: Sequence["DraftUnit"]
    holder_id: int | None
    deputy_id: int | None
    is_supplied: bool
    agreement: str
    longest: int | None = None


@dataclass(frozen=True, kw_only=True)
class DraftUnit:
    """One of the units the appointment would be for."""

    name: str
    kind: str
    from_date: date
    until_date: date | None


def fault_of(draft: Draft) -> Refusal | None:
    """The first reason why the appointment cannot be proposed, or `None`."""
    if draft.until_date is not None and draft.until_date <= draft.from_date:
        return Refusal("organisation:refusal.ends_before_it_begins")
    if not draft.units:
        return Refusal("organisation:refusal.no_unit")
    if draft.deputy_id is not None and draft.deputy_id == draft.holder_id:
        return Refusal("organisation:refusal.own_deputy")
    if draft.is_supplied and not draft.agreement.strip():
        return Refusal("organisation:refusal.no_agreement")
    return _fault_of_length(draft) or _fault_of_units(draft)


def most_at_once(loads: Iterable[Load]) -> Decimal:
    """The largest sum of shares that is carried on any one day."""
    carried = list(loads)
    starts = [load.from_date for load in carried]
    return max(
        (sum((load.share for load in carried if load.holds(day)), Decimal(0)) for day in starts), default=Decimal(0)
    )


def shares_of(share: Decimal, units: int) -> list[Decimal]:
    """The share spread evenly over so many units; the parts sum to the whole."""
    part = (share / units).quantize(FINEST_SHARE)
    return [*[part] * (units - 1), share - part * (units - 1)]


def _fault_of_length(draft: Draft) -> Refusal | None:
    if draft.longest is None:
        return None
    if draft.until_date is None:
        return Refusal("organisation:refusal.needs_a_last_day")
    if (draft.until_date - draft.from_date).days > draft.longest:
        return Refusal("organisation:refusal.stands_too_long", days=draft.longest)
    return None


def _fault_of_units(draft: Draft) -> Refusal | None:
    for unit in draft.units:
        if draft.is_supplied and unit.kind not in OPEN_TO_SUPPLIED:
            return Refusal("organisation:refusal.supplied_too_wide", unit=unit.name)
        if unit.from_date > draft.from_date:
            return Refusal("organisation:refusal.unit_not_standing", unit=unit.name, day=draft.from_date)
        if unit.until_date is not None and (draft.until_date is None or draft.until_date > unit.until_date):
            return Refusal("organisation:refusal.unit_closes", unit=unit.name, day=unit.until_date)
    return None

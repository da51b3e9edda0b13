"""Whether a unit has those it must have in a function, judged from plain numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from varn.kernel.calendar import last_day
from varn.kernel.lifecycle import Refusal


class CoverageStatus(StrEnum):
    """How a unit is covered in a function on a day. The order is that of urgency."""

    VACANT = "vacant"
    UNDERSTAFFED = "understaffed"
    ENDING = "ending"
    OVERSTAFFED = "overstaffed"
    FILLED = "filled"
    NOT_REQUIRED = "not_required"

    @property
    def is_gap(self) -> bool:
        """Whether somebody ought to do something about it."""
        return self not in (CoverageStatus.FILLED, CoverageStatus.NOT_REQUIRED)

    @property
    def is_staffed(self) -> bool:
        """Whether there is somebody today, enough or not."""
        return self not in (CoverageStatus.VACANT, CoverageStatus.NOT_REQUIRED)


@dataclass(frozen=True, kw_only=True)
class Required:
    """At least so many, at most so many, and together at least this part of full time."""

    minimum: int
    maximum: int | None = None
    share: Decimal | None = None

    def is_met_by(self, count: int, share: float) -> bool:
        """Whether so many with so much of full time are enough; a share counts in whole percent."""
        return count >= self.minimum and (self.share is None or percent(share) >= percent(self.share))


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """So many, with so much of full time, from one day until another within the window (half-open).

    Without a first day they are there already; without a last they are still there when the window is out. So many
    less are there while somebody is away without a deputy: then the numbers are negative.
    """

    count: int
    share: float
    from_date: date | None = None
    until_date: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether they are there on a day of the window."""
        return (self.from_date is None or self.from_date <= day) and (self.until_date is None or day < self.until_date)


@dataclass(frozen=True, kw_only=True)
class Found:
    """Who is there on the day, and who stays, leaves and comes within the window.

    Shares are sums of parts of full time, compared in whole percent.
    """

    stretches: tuple[Stretch, ...] = ()

    @property
    def count(self) -> int:
        """How many are there on the day."""
        return sum(each.count for each in self.stretches if each.from_date is None)

    @property
    def share(self) -> float:
        """Their part of full time together."""
        return sum(each.share for each in self.stretches if each.from_date is None)

    @property
    def first_coming(self) -> date | None:
        """The first day within the window on which somebody comes."""
        coming = [each.from_date for each in self.stretches if each.from_date and each.count > 0]
        return min([*coming, *self._back()], default=None)

    @property
    def back(self) -> date | None:
        """The first day on which somebody who is away on the day is back, or has a deputy; `None` if nobody is away."""
        return min(self._back(), default=None)

    def first_hole(self, required: Required) -> tuple[date, date | None] | None:
        """The first day within the window on which those there are not enough, and the day on which they are again.

        `None` when there is no such day; the second is `None` when the window goes out before they are enough.
        """
        short: date | None = None
        for day in self._days_of_change():
            is_met = required.is_met_by(*self._there_on(day))
            if short is None and not is_met:
                short = day
            elif short is not None and is_met:
                return short, day
        return (short, None) if short else None

    def _back(self) -> list[date]:
        return [each.until_date for each in self.stretches if each.count < 0 and not each.from_date and each.until_date]

    def _days_of_change(self) -> list[date]:
        days = {day for each in self.stretches for day in (each.from_date, each.until_date) if day}
        return sorted(days)

    def _there_on(self, day: date) -> tuple[int, float]:
        there = [each for each in self.stretches if each.holds_on(day)]
        return sum(each.count for each in there), sum(each.share for each in there)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The status, and why, as sentences of the glossary."""

    status: CoverageStatus
    reasons: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Places:
    """A number of required places taken together: how many there are in each status."""

    counts: Mapping[CoverageStatus, int] = field(default_factory=dict)

    @classmethod
    def of(cls, statuses: Iterable[CoverageStatus]) -> "Places":
        """The places that are required, by their statuses."""
        return cls(counts=Counter(status for status in statuses if status != CoverageStatus.NOT_REQUIRED))

    def __add__(self, other: "Places") -> "Places":
        return Places(counts=Counter(self.counts) + Counter(other.counts))

    @property
    def total(self) -> int:
        """How many places are required."""
        return sum(self.counts.values())

    @property
    def staffed(self) -> int:
        """In how many of them there is somebody today, enough or not. The others are vacant."""
        return sum(count for status, count in self.counts.items() if status.is_staffed)

    @property
    def gaps(self) -> dict[CoverageStatus, int]:
        """In how many of them somebody ought to do something, status by status, the most urgent first."""
        return {status: self.counts[status] for status in CoverageStatus if status.is_gap and self.counts.get(status)}

    @property
    def status(self) -> CoverageStatus:
        """How they stand together.

        Vacant when nobody is anywhere, understaffed when somebody is missing somewhere, otherwise the worst there is.
        """
        if self.total == 0:
            return CoverageStatus.NOT_REQUIRED
        if self.staffed == 0:
            return CoverageStatus.VACANT
        if CoverageStatus.VACANT in self.gaps:
            return CoverageStatus.UNDERSTAFFED
        return next(iter(self.gaps), CoverageStatus.FILLED)


def coverage_status(required: Required | None, found: Found, *, is_own: bool = True) -> Coverage:
    """How a requirement is met by those found.

    `is_own` is false for those who reach the unit from above: they can be too few, but never too many.
    """
    if required is None or (required.minimum == 0 and required.maximum is None and required.share is None):
        return Coverage(status=CoverageStatus.NOT_REQUIRED)
    if found.count == 0 and required.minimum > 0:
        return Coverage(status=CoverageStatus.VACANT, reasons=_vacant(found))
    if not required.is_met_by(found.count, found.share):
        return Coverage(status=CoverageStatus.UNDERSTAFFED, reasons=_too_little(required, found))
    if is_own and required.maximum is not None and found.count > required.maximum:
        reason = Refusal("organisation:reason.too_many", found=found.count, maximum=required.maximum)
        return Coverage(status=CoverageStatus.OVERSTAFFED, reasons=(reason,))
    hole = found.first_hole(required)
    if hole is not None:
        return Coverage(status=CoverageStatus.ENDING, reasons=(_ending(*hole),))
    return Coverage(status=CoverageStatus.FILLED)


def _vacant(found: Found) -> tuple[Refusal, ...]:
    if found.back is not None:
        return (Refusal("organisation:reason.absent", last=last_day(found.back)),)
    if found.first_coming is None:
        return (Refusal("organisation:reason.nobody"),)
    return (Refusal("organisation:reason.nobody_until", day=found.first_coming),)


def _too_little(required: Required, found: Found) -> tuple[Refusal, ...]:
    reasons = []
    if found.count < required.minimum:
        reasons.append(Refusal("organisation:reason.too_few", found=found.count, minimum=required.minimum))
    if required.share is not None and percent(found.share) < percent(required.share):
        reasons.append(
            Refusal("organisation:reason.too_small_share", found=percent(found.share), required=percent(required.share))
        )
    return tuple(reasons)


def _ending(day: date, again: date | None) -> Refusal:
    if again is None:
        return Refusal("organisation:reason.ends", day=day)
    return Refusal("organisation:reason.hole", day=day, coming=again)


def percent(share: Decimal | float) -> int:
    """The part of full time in whole percent."""
    return round(float(share) * 100)

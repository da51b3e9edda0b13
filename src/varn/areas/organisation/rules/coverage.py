"""Whether a unit has those it must have in a function, judged from plain numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

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
class Found:
    """Who is there: on the day, of those still there when the window ends, and those who come within the window.

    Shares are sums of parts of full time, compared in whole percent.
    """

    count: int = 0
    share: float = 0.0
    staying: int = 0
    staying_share: float = 0.0
    coming: int = 0
    coming_share: float = 0.0
    first_end: date | None = None
    first_coming: date | None = None

    @property
    def has_a_hole(self) -> bool:
        """Whether those who come arrive only after somebody has left."""
        return self.first_end is not None and (self.first_coming is None or self.first_coming > self.first_end)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The status, and why, as sentences of the glossary."""

    status: CoverageStatus
    reasons: tuple[Refusal, ...] = ()


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
    if _will_be_short(required, found):
        return Coverage(status=CoverageStatus.ENDING, reasons=_ending(found))
    return Coverage(status=CoverageStatus.FILLED)


def _will_be_short(required: Required, found: Found) -> bool:
    if required.is_met_by(found.staying, found.staying_share):
        return False
    then = required.is_met_by(found.staying + found.coming, found.staying_share + found.coming_share)
    return not then or found.has_a_hole


def _vacant(found: Found) -> tuple[Refusal, ...]:
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


def _ending(found: Found) -> tuple[Refusal, ...]:
    if found.coming and found.first_coming:
        return (Refusal("organisation:reason.hole", day=found.first_end, coming=found.first_coming),)
    return (Refusal("organisation:reason.ends", day=found.first_end),)


def percent(share: Decimal | float) -> int:
    """The part of full time in whole percent."""
    return round(float(share) * 100)

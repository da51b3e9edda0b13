"""What must hold before somebody stands in for the holder of an appointment."""

from dataclasses import dataclass
from datetime import date

from varn.kernel.lifecycle import Refusal


@dataclass(frozen=True, kw_only=True)
class Days:
    """A period (half-open); without an end it goes on."""

    from_date: date
    until_date: date | None

    def hold(self, other: "Days") -> bool:
        """Whether the other period lies within this one."""
        ends_first = self.until_date is not None and (other.until_date is None or other.until_date > self.until_date)
        return self.from_date <= other.from_date and not ends_first

    def meet(self, other: "Days") -> bool:
        """Whether the two have a day in common."""
        begins_before_other_ends = other.until_date is None or self.from_date < other.until_date
        return begins_before_other_ends and (self.until_date is None or other.from_date < self.until_date)

    def within(self, other: "Days") -> "Days":
        """The part of this period that lies within the other; with an end no later than its beginning if none does."""
        ends = [each for each in (self.until_date, other.until_date) if each is not None]
        return Days(from_date=max(self.from_date, other.from_date), until_date=min(ends, default=None))

    @property
    def is_empty(self) -> bool:
        """Whether it has no day at all."""
        return self.until_date is not None and self.until_date <= self.from_date


def fault_of_period(asked: Days, *, today: date, appointment: Days) -> Refusal | None:
    """The first reason why nobody can stand in for these days, or `None`. No right is given backwards in time."""
    if asked.is_empty:
        return Refusal("organisation:refusal.ends_before_it_begins")
    if asked.from_date < today:
        return Refusal("organisation:refusal.stand_in_before_today")
    if not appointment.hold(asked):
        return Refusal("organisation:refusal.stand_in_outside")
    return None


def left_uncovered(away: Days, covered: list[Days]) -> list[Days]:
    """The parts of an absence in which nobody stands in, in order."""
    left = [away]
    for each in covered:
        left = [part for whole in left for part in _without(whole, each)]
    return sorted(left, key=lambda part: part.from_date)


def _without(whole: Days, taken: Days) -> list[Days]:
    if not whole.meet(taken):
        return [whole]
    before = Days(from_date=whole.from_date, until_date=taken.from_date)
    parts = [before]
    if taken.until_date is not None:
        parts.append(Days(from_date=taken.until_date, until_date=whole.until_date))
    return [part for part in parts if not part.is_empty]

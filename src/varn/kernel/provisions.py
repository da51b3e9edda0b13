"""What the lawbook is made of: rules, their dated versions, and the values these can have."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from varn.kernel.calendar import FixedDay, Period


class UnknownRule(LookupError):
    """The lawbook has no rule with this id."""


class InactiveRule(LookupError):
    """The rule has no known value on that day, so nothing may be computed from it."""


class RuleKind(StrEnum):
    """What a rule governs."""

    DEADLINE = "deadline"
    DUTY = "duty"
    PERIODIC = "periodic"
    RETENTION = "retention"
    VALIDITY = "validity"
    EXEMPTION = "exemption"
    EXCLUSION = "exclusion"
    GROUND = "ground"
    THRESHOLD = "threshold"


class Counting(StrEnum):
    """How a version's time is counted.

    `CLOCK`: hours that pass, day and night. `CALENDAR`: days, weeks, months and years. `WORKING`: Swedish working days.
    `FIXED`: a day of the calendar. `MINIMUM`: like `CALENDAR`, and what is kept may be kept longer.
    """

    CLOCK = "clock"
    CALENDAR = "calendar"
    WORKING = "working"
    FIXED = "fixed"
    MINIMUM = "minimum"


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number with its unit ("SEK", "hours", "persons")."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


Value = Period | FixedDay | Amount | str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How well a source was checked when its row was written, in a few words and in a sentence.

    `needs_check`: there is a law behind the row, and nobody has read the row against it.
    """

    key: str
    short_sv: str
    short_en: str
    sv: str
    en: str
    needs_check: bool


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What stays the same through a rule's versions. `title` names it and `meaning` says it in one plain sentence."""

    id: str
    kind: RuleKind
    track: str
    title_sv: str
    title_en: str
    meaning_sv: str = ""
    meaning_en: str = ""
    trigger: str = ""
    clock_start: str = ""
    recipient: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleVersion:
    """What a rule says from one day on.

    `written` is the value as the file has it; `urgency` is the law's own words when it gives no number ("skyndsamt").
    `verified` is a key of the lawbook's marks: how the source was checked when the row was written. `checked_date` and
    `checked_by` tell when somebody in the municipality checked it, and who; until then the version is unverified.
    """

    rule: Rule
    from_date: date | None = None
    value: Value | None = None
    written: str = ""
    calendar: Counting | None = None
    urgency: str = ""
    source: str = ""
    verified: str = ""
    checked_date: date | None = None
    checked_by: str | None = None
    moves_to_working_day: bool = False
    moves_source: str = ""
    in_following_year: bool = False
    is_local: bool = False

    @property
    def is_checked(self) -> bool:
        """Whether somebody in the municipality has read the source and said so."""
        return self.checked_date is not None and bool(self.checked_by)

    @property
    def counts_hours(self) -> bool:
        """Whether the time runs from moment to moment rather than from day to day."""
        return self.calendar is Counting.CLOCK or (self.calendar is None and "T" in self.written)

    @property
    def is_active(self) -> bool:
        """Whether the value is known, so that something may be computed from it."""
        return self.value is not None


@dataclass(frozen=True, kw_only=True)
class DatedRule:
    """A rule and its versions, the earliest first."""

    rule: Rule
    versions: tuple[RuleVersion, ...]

    def version_on(self, day: date) -> RuleVersion | None:
        """The version that held on this day, active or not; `None` before the first."""
        held = [version for version in self.versions if version.from_date is None or version.from_date <= day]
        return held[-1] if held else None

    def on(self, day: date) -> RuleVersion:
        """The version to compute with on this day; `InactiveRule` when none held or its value is not known."""
        version = self.version_on(day)
        if version is None:
            raise InactiveRule(f"{self.rule.id} had no version on {day}")
        if not version.is_active:
            raise InactiveRule(f"{self.rule.id} has no known value on {day}")
        return version

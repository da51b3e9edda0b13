import csv
import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.kernel.calendar import FixedDay, Period, is_working_day
from varn.kernel.lawbook import LAW, Amount, InactiveRule, Lawbook, LawbookError, RuleKind, UnknownRule, due

REPOSITORY = Path(__file__).parents[4]
DESIGNED = (
    Path(os.environ.get("VARN_EXAMPLES", REPOSITORY.parent / "shared" / "examples")).parent / "design/lawbook.csv"
)
STOCKHOLM = ZoneInfo("Europe/Stockholm")

MARKS = """
[V1]
short_sv = "Läst"
short_en = "Read"
sv = "Läst."
en = "Read."
needs_check = false
"""
TEA = """
[T01]
kind = "deadline"
track = "tea"
title_sv = "Teet dras"
title_en = "The tea is steeped"
note = "never milk first"

[[T01.versions]]
period = "P3D"
calendar = "calendar"
source = "Old custom"
verified = "V1"

[[T01.versions]]
from = 2022-01-01
period = "P4D"
calendar = "calendar"
source = "New custom"
verified = "V1"
"""


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in {"marks": MARKS, **files}.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def tea_with(folder: Path, version: str) -> Lawbook:
    """A lawbook of one rule with one version of these lines."""
    head = TEA.split("[[")[0]
    return Lawbook.load(written(folder, tea=f'{head}[[T01.versions]]\nsource = "x"\nverified = "V1"\n{version}\n'))


def test_a_version_holds_until_the_day_of_the_next(tmp_path: Path) -> None:
    rule = Lawbook.load(written(tmp_path, tea=TEA))["T01"]
    assert rule.on(date(2021, 12, 31)).value == Period(days=3)
    assert rule.on(date(2022, 1, 1)).value == Period(days=4)


def test_a_version_tells_its_rule_and_source(tmp_path: Path) -> None:
    version = Lawbook.load(written(tmp_path, tea=TEA))["T01"].on(date(2022, 1, 1))
    assert (version.rule.id, version.rule.kind, version.rule.track) == ("T01", RuleKind.DEADLINE, "tea")
    assert (version.rule.note, version.source, version.verified) == ("never milk first", "New custom", "V1")


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(UnknownRule):
        LAW["Z99"]


def test_a_rule_was_not_in_force_before_its_first_day() -> None:
    with pytest.raises(InactiveRule):
        LAW["D02"].on(date(2025, 12, 31))
    assert LAW["D02"].version_on(date(2025, 12, 31)) is None


def test_a_rule_without_a_value_is_inactive_but_can_be_shown() -> None:
    version = LAW["V37"].version_on(date(2026, 3, 1))
    assert version is not None
    assert not version.is_active
    with pytest.raises(InactiveRule):
        LAW["V37"].on(date(2026, 3, 1))


def test_nothing_that_the_product_ships_claims_to_be_checked_by_the_municipality() -> None:
    assert not [rule_id for rule_id in LAW for version in LAW[rule_id].versions if version.is_checked]


def test_only_rows_whose_value_nobody_knows_are_inactive() -> None:
    """How long people, the trail and accounts are kept (L50 to L52) is the municipality's to decide."""
    inactive = {rule_id for rule_id in LAW if not LAW[rule_id].versions[-1].is_active}
    assert inactive == {"R39", "V37", "L50", "L51", "L52"}


def test_every_rule_has_a_title_and_a_meaning_in_both_languages() -> None:
    rules = [LAW[rule_id].rule for rule_id in LAW]
    assert [r.id for r in rules if not all((r.title_sv, r.title_en, r.meaning_sv, r.meaning_en))] == []


def test_every_mark_is_explained() -> None:
    assert set(LAW.marks) == {"V1", "V2", "K", "L"}
    assert all(mark.sv and mark.en for mark in LAW.marks.values())


def test_local_settings_are_marked_as_such() -> None:
    local = [LAW[rule_id].versions[-1] for rule_id in LAW if rule_id.startswith("L")]
    assert {(version.verified, version.source) for version in local} == {("L", "lokal inställning")}


@pytest.mark.parametrize(
    ("rule_id", "value"), [("L01", Period(days=14)), ("L02", Period(days=90)), ("L03", Period(days=30))]
)
def test_a_local_setting_has_its_period(rule_id: str, value: Period) -> None:
    assert LAW[rule_id].on(date(2026, 1, 1)).value == value


class TestTheMinutesOfTheFourteenthOfDecember2021:
    """The meeting that decided on the internal security organisation, and its law (KL 5:69, 8:12, 13:5)."""

    meeting = date(2021, 12, 14)

    def test_they_are_verified_two_weeks_later_at_the_latest(self) -> None:
        assert due(LAW["D15"].on(self.meeting), self.meeting) == date(2021, 12, 28)

    def test_the_verification_is_posted_on_the_second_day(self) -> None:
        assert due(LAW["D16"].on(self.meeting), date(2021, 12, 28)) == date(2021, 12, 30)

    def test_the_decision_may_be_appealed_for_three_weeks(self) -> None:
        assert due(LAW["D17"].on(self.meeting), date(2021, 12, 30)) == date(2022, 1, 20)

    @pytest.mark.parametrize(
        ("posted", "last_day"),
        [
            (date(2021, 12, 16), date(2022, 1, 7)),  # Epiphany, a Thursday
            (date(2021, 12, 18), date(2022, 1, 10)),  # a Saturday
            (date(2021, 12, 3), date(2021, 12, 27)),  # Christmas Eve, a Friday
            (date(2021, 12, 10), date(2022, 1, 3)),  # New Year's Eve, a Friday
            (date(2022, 3, 25), date(2022, 4, 19)),  # Good Friday
            (date(2022, 6, 3), date(2022, 6, 27)),  # Midsummer Eve
        ],
    )
    def test_an_appeal_never_has_its_last_day_on_a_holiday(self, posted: date, last_day: date) -> None:
        assert due(LAW["D17"].on(posted), posted) == last_day

    def test_the_days_of_verification_do_not_move(self) -> None:
        assert due(LAW["D15"].on(date(2021, 12, 10)), date(2021, 12, 10)) == date(2021, 12, 24)


def test_older_minutes_follow_the_older_act() -> None:
    assert LAW["D15"].on(date(2017, 12, 31)).source == "KL (1991:900) 5:61, 6:30"
    assert LAW["D15"].on(date(2018, 1, 1)).source == "KL 5:69, 6:35"


@given(st.dates(min_value=date(2018, 1, 1), max_value=date(2060, 1, 1)))
def test_the_last_day_of_an_appeal_is_a_working_day_at_most_six_days_late(posted: date) -> None:
    last_day = due(LAW["D17"].on(posted), posted)
    assert is_working_day(last_day)
    assert timedelta(weeks=3) <= last_day - posted < timedelta(weeks=4)


def test_hours_run_through_the_night_and_over_the_change_of_the_clocks() -> None:
    start = datetime(2026, 10, 24, 20, 0, tzinfo=STOCKHOLM)
    end = due(LAW["D02"].on(start.date()), start)
    assert isinstance(end, datetime)
    assert end == datetime(2026, 10, 25, 19, 0, tzinfo=STOCKHOLM)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24)


@pytest.mark.parametrize("start", [date(2026, 5, 1), datetime(2026, 5, 1, 8, 0)])
def test_hours_are_not_counted_from_a_day_or_a_moment_without_time_zone(start: date) -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(LAW["D06"].on(date(2026, 5, 1)), start)


def test_months_count_from_the_day_in_sweden() -> None:
    late_evening = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    assert due(LAW["D28"].on(date(2026, 5, 1)), late_evening) == date(2026, 6, 1)


def test_what_the_law_wants_at_once_is_due_at_the_moment_it_is_known() -> None:
    version = LAW["D01"].on(date(2026, 5, 1))
    known = datetime(2026, 5, 1, 8, 15, tzinfo=STOCKHOLM)
    assert version.urgency == "skyndsamt"
    assert due(version, known) == known


def test_what_the_law_wants_the_same_day_is_due_that_day() -> None:
    assert due(LAW["D10"].on(date(2026, 5, 1)), datetime(2026, 5, 1, 8, 15, tzinfo=STOCKHOLM)) == date(2026, 5, 1)


def test_the_county_gets_the_risk_analysis_the_year_after_the_election() -> None:
    assert due(LAW["D20"].on(date(2026, 9, 13)), date(2026, 9, 13)) == date(2027, 10, 31)


@pytest.mark.parametrize(
    ("start", "end"), [(date(2026, 2, 15), date(2026, 2, 15)), (date(2026, 2, 16), date(2027, 2, 15))]
)
def test_a_yearly_day_is_the_next_one(start: date, end: date) -> None:
    assert due(LAW["D21"].on(start), start) == end


def test_a_day_that_came_once_stays_where_it_was() -> None:
    assert due(LAW["D29"].on(date(2026, 3, 1)), date(2026, 3, 1)) == date(2026, 2, 16)


def test_a_duty_in_words_has_no_time_to_count() -> None:
    version = LAW["R43"].on(date(2026, 1, 1))
    assert version.value == "preserve"
    with pytest.raises(InactiveRule, match="no time to count"):
        due(version, date(2026, 1, 1))


def test_working_days_are_counted_past_weekends_and_holidays(tmp_path: Path) -> None:
    version = tea_with(tmp_path, 'period = "P5D"\ncalendar = "working"')["T01"].versions[0]
    assert due(version, date(2021, 12, 23)) == date(2022, 1, 3)


def test_an_amount_keeps_its_unit(tmp_path: Path) -> None:
    version = tea_with(tmp_path, 'amount = "5000"\nunit = "SEK"')["T01"].versions[0]
    assert version.value == Amount(number=Decimal(5000), unit="SEK")


def test_a_fixed_day_is_read(tmp_path: Path) -> None:
    version = tea_with(tmp_path, 'day = "--10-31"\ncalendar = "fixed"')["T01"].versions[0]
    assert (version.value, version.written) == (FixedDay(month=10, day=31), "--10-31")


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ('period = "14 days"\ncalendar = "calendar"', "not a period"),
        ('day = "--02-30"\ncalendar = "fixed"', "day is out of range"),
        ('day = "--02-29"\ncalendar = "fixed"', "29 February"),
        ('day = "--10-31"\ncalendar = "calendar"', "counted as fixed"),
        ('period = "P1D"\ncalendar = "fixed"', "counted as fixed"),
        ('period = "P1M"\ncalendar = "clock"', "does not count months"),
        ('period = "P1W"\ncalendar = "working"', "counted in days"),
        ('period = "PT4H"\ncalendar = "calendar"', "by the clock"),
        ('period = "PT4H"', "by the clock"),
        ('period = "P1D"\ntext = "soon"', "one value"),
        ('amount = "5"', "its unit"),
        ('amount = "five"\nunit = "SEK"', "T01"),
        ('calendar = "lunar"\nperiod = "P1D"', "lunar"),
        ('perod = "P1D"', "unknown"),
        ('is_local = true\nperiod = "P1D"', "unknown"),
        ('period = "P1D"\ncalendar = "calendar"\nmoves_to_working_day = true', "source must be named"),
    ],
)
def test_a_version_that_cannot_hold_is_refused(tmp_path: Path, version: str, why: str) -> None:
    with pytest.raises(LawbookError, match=why):
        tea_with(tmp_path, version)


@pytest.mark.parametrize(
    ("found", "instead", "why"),
    [
        ('kind = "deadline"', 'kind = "wish"', "wish"),
        ('title_sv = "Teet dras"\n', "", "lacks"),
        ("note =", "nota =", "unknown"),
        ('verified = "V1"', 'verified = "V9"', "V9"),
        ("from = 2022-01-01\n", "", "only one from each day"),
        ("[T01]", "[T01", "tea.toml"),
        ('source = "New custom"\n', "", "names no source"),
        ("from = 2022-01-01", 'from = "2022-01-01"', "without quotation marks"),
        ("from = 2022-01-01", "from = 2022-01-01T00:00:00Z", "without quotation marks"),
        ("[T01]", 'T00 = "tea"\n[T01]', "not a rule"),
    ],
)
def test_a_rule_that_cannot_hold_is_refused(tmp_path: Path, found: str, instead: str, why: str) -> None:
    with pytest.raises(LawbookError, match=why):
        Lawbook.load(written(tmp_path, tea=TEA.replace(found, instead)))


def test_a_rule_may_be_written_in_one_file_only(tmp_path: Path) -> None:
    with pytest.raises(LawbookError, match="already written"):
        Lawbook.load(written(tmp_path, tea=TEA, more_tea=TEA))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LawbookError, match="no lawbook folder"):
        Lawbook.load(written(tmp_path / "law", tea=TEA), tmp_path / "nowhere")


class TestTheMunicipalitysOwnFolder:
    def load(self, tmp_path: Path, local: str) -> Lawbook:
        own = tmp_path / "own"
        own.mkdir()
        (own / "own.toml").write_text(local, encoding="utf-8")
        return Lawbook.load(written(tmp_path / "law", tea=TEA), own)

    def test_it_says_that_a_version_was_checked_and_leaves_the_rest(self, tmp_path: Path) -> None:
        local = '[[T01.versions]]\nfrom = 2022-01-01\nchecked_date = 2026-11-01\nchecked_by = "Town clerk"\n'
        rule = self.load(tmp_path, local)["T01"]
        version = rule.on(date(2026, 11, 2))
        assert version.is_checked
        assert version.is_local
        assert (version.checked_by, version.value, version.source) == ("Town clerk", Period(days=4), "New custom")
        assert not rule.on(date(2021, 1, 1)).is_local

    def test_its_value_replaces_the_value_of_that_day(self, tmp_path: Path) -> None:
        local = '[[T01.versions]]\nfrom = 2022-01-01\ntext = "to taste"\nsource = "Board"\nverified = "V1"\n'
        version = self.load(tmp_path, local)["T01"].on(date(2026, 1, 1))
        assert (version.value, version.source) == ("to taste", "Board")

    def test_its_value_cannot_borrow_our_source(self, tmp_path: Path) -> None:
        with pytest.raises(LawbookError, match="names no source"):
            self.load(tmp_path, '[[T01.versions]]\nfrom = 2022-01-01\ntext = "to taste"\n')

    def test_it_adds_a_version_from_a_new_day(self, tmp_path: Path) -> None:
        local = (
            '[[T01.versions]]\nfrom = 2027-01-01\nperiod = "P9D"\ncalendar = "calendar"\n'
            'source = "Board"\nverified = "V1"\n'
        )
        rule = self.load(tmp_path, local)["T01"]
        assert rule.on(date(2026, 12, 31)).value == Period(days=4)
        assert rule.on(date(2027, 1, 1)).value == Period(days=9)

    def test_it_adds_a_rule_of_its_own(self, tmp_path: Path) -> None:
        law = self.load(tmp_path, TEA.replace("T01", "T02"))
        assert list(law) == ["T01", "T02"]

    def test_it_may_rename_a_rule(self, tmp_path: Path) -> None:
        rule = self.load(tmp_path, '[T01]\ntitle_sv = "Kaffet kokas"\n')["T01"]
        assert (rule.rule.title_sv, rule.rule.title_en, len(rule.versions)) == ("Kaffet kokas", "The tea is steeped", 2)


@pytest.mark.skipif(not DESIGNED.exists(), reason=f"the designed lawbook is not there: {DESIGNED}")
def test_every_row_of_the_designed_lawbook_is_found_again() -> None:
    with DESIGNED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    above: dict[str, str] = {}
    for row in rows:
        above = {column: above[column] if text == "same" else text for column, text in row.items()}
        assert as_designed(above["id"]) == above
    assert len(rows) == 47


def as_designed(rule_id: str) -> dict[str, str]:
    """The rule in the columns of the designed lawbook, where what is only a duty in words has no period."""
    version = LAW[rule_id].versions[-1]
    rule = version.rule
    in_words = isinstance(version.value, str) and version.value != "preserve"
    return {
        "id": rule.id,
        "kind": rule.kind,
        "track": rule.track,
        "trigger": rule.trigger,
        "clock_start": rule.clock_start,
        "period": "" if in_words else version.written,
        "calendar": version.calendar or version.urgency,
        "recipient": rule.recipient,
        "legal_basis": version.source,
        "verified": version.verified,
        "note": rule.note,
    }

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.kernel.calendar import (
    Interval,
    Period,
    add_period,
    add_working_days,
    day_in_sweden,
    end_of_day,
    is_within_range,
    is_working_day,
    last_day,
    month,
    next_working_day,
    quarter,
    tertial,
    until_date,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2080, 12, 31))
PERIODS = st.builds(
    Period,
    years=st.integers(0, 20),
    months=st.integers(0, 30),
    weeks=st.integers(0, 60),
    days=st.integers(0, 400),
    hours=st.integers(0, 100),
)
INTERVALS = st.builds(
    lambda start, length: Interval(start, start + timedelta(days=length) if length else None),
    DAYS,
    st.integers(0, 900),
)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2021, 12, 24), "Christmas Eve"),
        (date(2021, 12, 31), "New Year's Eve"),
        (date(2021, 6, 25), "Midsummer Eve"),
        (date(2022, 1, 6), "Epiphany"),
        (date(2022, 4, 15), "Good Friday"),
        (date(2022, 5, 26), "Ascension Day"),
        (date(2022, 6, 6), "the national day"),
        (date(2021, 12, 18), "a Saturday"),
        (date(2021, 12, 19), "a Sunday"),
    ],
)
def test_offices_are_closed(day: date, why: str) -> None:
    assert not is_working_day(day), why


@pytest.mark.parametrize("day", [date(2021, 12, 14), date(2021, 12, 23), date(2022, 1, 5), date(2022, 4, 14)])
def test_offices_are_open_on_ordinary_days_and_the_day_before_a_holiday(day: date) -> None:
    assert is_working_day(day)


def test_the_next_working_day_after_christmas_eve_skips_the_whole_christmas() -> None:
    assert next_working_day(date(2021, 12, 24)) == date(2021, 12, 27)


def test_the_next_working_day_of_a_working_day_is_itself() -> None:
    assert next_working_day(date(2021, 12, 14)) == date(2021, 12, 14)


def test_working_days_are_counted_past_holidays() -> None:
    assert add_working_days(date(2021, 12, 23), 5) == date(2022, 1, 3)


def test_working_days_can_be_counted_backward() -> None:
    assert add_working_days(date(2022, 1, 3), -5) == date(2021, 12, 23)


@given(DAYS, st.integers(-60, 60))
def test_counting_working_days_always_ends_on_one(day: date, count: int) -> None:
    assert is_working_day(add_working_days(day, count))


@given(DAYS, st.integers(1, 60))
def test_exactly_as_many_working_days_pass_as_were_counted(day: date, count: int) -> None:
    end = add_working_days(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(each) for each in passed) == count


@given(DAYS)
def test_no_working_day_is_more_than_a_week_away(day: date) -> None:
    assert timedelta() <= next_working_day(day) - day < timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P14D", Period(days=14)),
        ("P3W", Period(weeks=3)),
        ("P1Y6M", Period(years=1, months=6)),
        ("PT72H", Period(hours=72)),
        ("P1DT12H", Period(days=1, hours=12)),
        ("PT0S", Period()),
        ("P0D", Period()),
    ],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "14D", "P14", "P1DT", "PT5M", "PT1S", "P-1D", "P1.5D", "p1d", "--10-31"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


@given(PERIODS)
def test_a_period_that_is_written_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Period(days=-1)


def test_no_time_at_all_is_false() -> None:
    assert not Period()
    assert Period(hours=1)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2023, 1, 31), "P1M", date(2023, 2, 28)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2021, 11, 30), "P3M", date(2022, 2, 28)),
        (date(2021, 12, 14), "P14D", date(2021, 12, 28)),
        (date(2021, 12, 30), "P3W", date(2022, 1, 20)),
        (date(2021, 12, 30), "P1M1W", date(2022, 2, 6)),
    ],
)
def test_a_period_ends_on_the_day(start: date, period: str, end: date) -> None:
    assert add_period(start, Period.parse(period)) == end


def test_hours_are_not_added_to_a_day() -> None:
    with pytest.raises(ValueError, match="starts at a moment"):
        add_period(date(2021, 12, 14), Period(hours=24))


@given(DAYS, st.integers(0, 400))
def test_months_land_on_the_same_day_number_or_the_last_of_the_month(day: date, months: int) -> None:
    end = add_period(day, Period(months=months))
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 24), st.integers(0, 24))
def test_a_longer_period_never_ends_earlier(day: date, months: int, more: int) -> None:
    assert add_period(day, Period(months=months)) <= add_period(day, Period(months=months + more))


def test_an_interval_holds_its_first_day_but_not_its_end() -> None:
    interval = Interval(date(2022, 1, 1), date(2022, 4, 1))
    assert interval.holds(date(2022, 1, 1))
    assert interval.holds(date(2022, 3, 31))
    assert not interval.holds(date(2022, 4, 1))
    assert not interval.holds(date(2021, 12, 31))
    assert interval.last_date == date(2022, 3, 31)


def test_an_interval_without_an_end_holds_every_later_day() -> None:
    assert Interval(date(2022, 1, 1)).holds(date(2999, 1, 1))
    assert Interval(date(2022, 1, 1)).last_date is None


@pytest.mark.parametrize("until", [date(2022, 1, 1), date(2021, 1, 1)])
def test_an_interval_without_a_day_is_refused(until: date) -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Interval(date(2022, 1, 1), until)


@given(INTERVALS, INTERVALS, DAYS)
def test_a_day_is_in_common_exactly_when_both_hold_it(one: Interval, other: Interval, day: date) -> None:
    common = one.common(other)
    assert (common is not None and common.holds(day)) == (one.holds(day) and other.holds(day))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_the_last_day_that_is_written_is_read_back_as_the_day_after(last: date) -> None:
    assert until_date(last) == last + timedelta(days=1)
    assert last_day(until_date(last)) == last


def test_what_has_no_end_has_no_last_day() -> None:
    assert (last_day(None), until_date(None)) == (None, None)


@pytest.mark.parametrize(
    ("day", "within"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(2200, 1, 1), False),
    ],
)
def test_only_the_days_that_a_municipality_has_are_taken(day: date, within: bool) -> None:
    assert is_within_range(day) is within


def test_parts_of_the_year_are_half_open() -> None:
    assert month(2022, 12) == Interval(date(2022, 12, 1), date(2023, 1, 1))
    assert quarter(2022, 3) == Interval(date(2022, 7, 1), date(2022, 10, 1))
    assert tertial(2022, 2) == Interval(date(2022, 5, 1), date(2022, 9, 1))


@pytest.mark.parametrize(("part", "count"), [(month, 12), (quarter, 4), (tertial, 3)])
def test_the_parts_of_a_year_cover_it_without_gaps(part: object, count: int) -> None:
    assert callable(part)
    pieces = [part(2024, number) for number in range(1, count + 1)]
    assert pieces[0].from_date == date(2024, 1, 1)
    assert pieces[-1].until_date == date(2025, 1, 1)
    assert all(before.until_date == after.from_date for before, after in pairwise(pieces))


@pytest.mark.parametrize("number", [0, 5])
def test_there_is_no_fifth_quarter(number: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        quarter(2024, number)


def test_a_moment_late_in_the_evening_belongs_to_the_next_day_in_sweden() -> None:
    assert day_in_sweden(datetime(2022, 6, 30, 22, 30, tzinfo=UTC)) == date(2022, 7, 1)


def test_a_day_is_already_a_day() -> None:
    assert day_in_sweden(date(2022, 6, 30)) == date(2022, 6, 30)


@given(DAYS)
def test_what_comes_before_the_end_of_a_day_belongs_to_it_and_nothing_else(day: date) -> None:
    end = end_of_day(day).astimezone(UTC)
    assert day_in_sweden(end - timedelta(microseconds=1)) == day
    assert day_in_sweden(end) == day + timedelta(days=1)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_in_sweden(datetime(2022, 6, 30, 22, 30))

"""The days of the demo."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from varn.overview.demo.days import DECIDED, as_decided, relative_to

TODAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2060, 12, 31))


@given(today=TODAYS)
def test_the_decision_keeps_its_weekday_and_lies_some_eleven_months_back(today: date) -> None:
    decided = relative_to(today).day(DECIDED)
    assert decided.weekday() == DECIDED.weekday()
    assert timedelta(days=335) <= today - decided < timedelta(days=342)


@given(today=TODAYS)
def test_the_year_of_the_deadline_is_running(today: date) -> None:
    assert relative_to(today).year == today.year


def test_as_decided_nothing_is_moved() -> None:
    days = as_decided(date(2026, 11, 23))
    assert (days.day(DECIDED), days.year) == (DECIDED, 2022)


def test_an_excerpt_writes_its_days_as_minutes_do() -> None:
    words = as_decided(date(2026, 11, 23)).words({"date": DECIDED, "deadline_words": date(2022, 6, 30)})
    assert words == {"date": "2021-12-14", "deadline_words": "30 juni 2022", "year": "2022", "next_year": "2023"}

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.kernel.schedule import Schedule, ScheduleError, scheduled

SWEDEN = ZoneInfo("Europe/Stockholm")
LINES = [
    "* * * * *",
    "*/5 * * * *",
    "10 1 * * *",
    "0 7 * * 1-5",
    "30 2 * * *",
    "0 0 1 * *",
    "15 3 29 2 *",
    "0 12 13 * 5",
    "0,30 8-16/2 * 1,6 *",
]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("line", "at", "latest", "following"),
    [
        ("*/5 * * * *", "2022-03-01T09:03", "2022-03-01T09:00", "2022-03-01T09:05"),
        ("*/5 * * * *", "2022-03-01T09:05", "2022-03-01T09:05", "2022-03-01T09:10"),
        ("10 1 * * *", "2022-03-01T01:09", "2022-02-28T01:10", "2022-03-01T01:10"),
        ("0 7 * * 1-5", "2022-03-05T12:00", "2022-03-04T07:00", "2022-03-07T07:00"),
        ("0 7 * * 7", "2022-03-05T12:00", "2022-02-27T07:00", "2022-03-06T07:00"),
        ("0 0 29 2 *", "2023-01-01T00:00", "2020-02-29T00:00", "2024-02-29T00:00"),
        ("0 0 13 * 5", "2022-05-12T00:00", "2022-05-06T00:00", "2022-05-13T00:00"),
    ],
)
def test_it_is_due_when_the_line_says(line: str, at: str, latest: str, following: str) -> None:
    schedule = Schedule.parse(line)
    assert schedule.latest(_at(at), zone=SWEDEN) == _at(latest)
    assert schedule.next(_at(at), zone=SWEDEN) == _at(following)


@given(line=st.sampled_from(LINES), at=st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_the_next_moment_after_the_last_is_not_missed(line: str, at: datetime) -> None:
    schedule = Schedule.parse(line)
    latest, following = schedule.latest(at, zone=SWEDEN), schedule.next(at, zone=SWEDEN)
    assert latest <= at < following
    assert schedule.next(latest, zone=SWEDEN) == following
    assert schedule.latest(following - timedelta(seconds=1), zone=SWEDEN) == latest


def test_a_time_that_spring_skips_comes_an_hour_later() -> None:
    schedule = Schedule.parse("30 2 * * *")
    assert schedule.next(_at("2022-03-27T00:00"), zone=SWEDEN) == _at("2022-03-27T03:30")


def test_a_time_that_autumn_repeats_comes_once_but_a_frequent_one_goes_on() -> None:
    first = datetime(2022, 10, 30, 0, 30, tzinfo=UTC)
    assert Schedule.parse("30 2 * * *").next(first, zone=SWEDEN) == datetime(2022, 10, 31, 1, 30, tzinfo=UTC)
    assert Schedule.parse("*/30 * * * *").next(first, zone=SWEDEN) == first + timedelta(minutes=30)
    assert Schedule.parse("*/30 * * * *").next(first + timedelta(minutes=30), zone=SWEDEN) == first + timedelta(hours=1)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "a * * * *",
        "5-1 * * * *",
        "*/0 * * * *",
        "0 0 31 2 *",
        "* * * * * *",
    ],
)
def test_what_is_no_schedule_is_refused(line: str) -> None:
    with pytest.raises(ScheduleError):
        Schedule.parse(line)


def test_a_mark_says_the_name_and_leaves_the_function_as_it_is() -> None:
    @scheduled("10 1 * * *", name="a:b")
    def job() -> int:
        return 3

    assert (job.mark.name, job()) == ("a:b", 3)

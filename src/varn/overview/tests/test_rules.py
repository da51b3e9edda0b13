"""What is most urgent, and how places stand together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from varn.kernel.lifecycle import Refusal
from varn.overview.rules import Alike, Row, Urgency, folded, most_urgent_first, urgency_of

DAY = date(2022, 3, 1)
WINDOW = date(2022, 3, 31)


def a_row(urgency: Urgency, *, day: date | None = None, title: str = "") -> Row:
    reason = Refusal("overview:reason.ends")
    return Row(urgency=urgency, kind="decisions:assignment", title=title, reason=reason, url="/", day=day)


def test_what_is_overdue_comes_before_what_is_to_be_decided() -> None:
    decide, overdue = a_row(Urgency.DECIDE), a_row(Urgency.OVERDUE, day=DAY)
    assert most_urgent_first([decide, overdue]) == [overdue, decide]


def test_of_two_as_urgent_the_earlier_day_comes_first_and_none_last() -> None:
    later, never, sooner = (a_row(Urgency.SOON, day=day) for day in (WINDOW, None, DAY))
    assert most_urgent_first([later, never, sooner]) == [sooner, later, never]


def test_the_order_does_not_depend_on_where_the_rows_came_from() -> None:
    rows = [a_row(Urgency.WAITS, title=title) for title in ("b", "a", "c")]
    assert [row.title for row in most_urgent_first(reversed(rows))] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("due", "urgency"),
    [
        (None, Urgency.WAITS),
        (DAY - timedelta(days=1), Urgency.OVERDUE),
        (DAY, Urgency.SOON),
        (WINDOW, Urgency.SOON),
        (WINDOW + timedelta(days=1), Urgency.WAITS),
    ],
)
def test_a_last_day_is_overdue_the_day_after_and_soon_within_the_window(due: date | None, urgency: Urgency) -> None:
    assert urgency_of(due, day=DAY, window=WINDOW) is urgency


def one_of_many(name: str, *, urgency: Urgency = Urgency.DECIDE, url: str = "/many/", day: date | None = None) -> Row:
    alike = Alike(url=url, title="§ 1", name=name, reason="overview:reason.sent_to_several", button="Show all")
    return replace(a_row(urgency, day=day, title=name), url=f"/{name}/", reference=name, alike=alike)


def test_rows_that_lead_to_one_list_are_one_row_that_names_them_all() -> None:
    (one,) = folded([one_of_many("a", day=WINDOW), one_of_many("b", day=DAY)])
    assert (one.title, one.url, one.count, one.day, one.reference) == ("§ 1", "/many/", 2, DAY, "")
    assert one.reason == Refusal("overview:reason.sent_to_several", names="a, b")
    assert [button.url for button in one.buttons] == ["/many/"]


def test_a_row_without_others_like_it_stays_as_it_is() -> None:
    rows = [a_row(Urgency.WAITS), a_row(Urgency.WAITS), one_of_many("a"), one_of_many("b", url="/other/")]
    assert folded(rows) == rows


def test_what_is_more_urgent_is_not_folded_into_what_is_less() -> None:
    rows = [one_of_many("a", urgency=Urgency.OVERDUE), one_of_many("b")]
    assert folded(rows) == rows


def test_of_many_alike_only_the_first_are_named() -> None:
    (one,) = folded([one_of_many(str(number)) for number in range(1, 10)])
    assert one.count == 9
    assert one.reason == Refusal("overview:reason.sent_to_several", names="1, 2, 3, 4, 5, 6 …")


def test_of_what_ends_and_what_waits_the_day_alone_decides() -> None:
    ends, waits = a_row(Urgency.ENDING, day=WINDOW), a_row(Urgency.WAITS, day=DAY)
    assert most_urgent_first([ends, waits]) == [waits, ends]


def test_a_row_that_nothing_presses_shows_its_state() -> None:
    waits = replace(a_row(Urgency.WAITS), state="decisions:assignment.received")
    assert waits.badge == "decisions:assignment.received"
    assert replace(waits, urgency=Urgency.OVERDUE).badge == "overview:urgency.overdue"

from datetime import timedelta

from tests.people import AT, Member
from varn.mechanisms.installation.actions import change_setting
from varn.overview.queries.windows import windows_on

DAY = AT.date()


def test_an_unsent_decision_is_reminded_of_for_a_year(db: None) -> None:
    assert windows_on(DAY).unsent_since == DAY - timedelta(days=365)


def test_the_windows_are_the_municipalitys_own_where_it_has_chosen(frida_administrator: Member) -> None:
    change_setting(reminders={"L04": 7, "L10": 90}, by=frida_administrator.viewer, at=AT)
    windows = windows_on(DAY)
    assert (windows.due_soon, windows.unsent_since) == (DAY + timedelta(days=7), DAY - timedelta(days=90))

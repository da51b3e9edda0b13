from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from tests.people import AT, Member
from varn.kernel.lawbook import LAW, InactiveRule
from varn.mechanisms.installation.actions import change_setting
from varn.mechanisms.installation.chosen import ReadOnce, installation

DAY = date(2026, 1, 1)


def test_days_that_the_municipality_has_not_chosen_are_the_lawbooks(db: None) -> None:
    assert installation().days("L01", on=DAY) == LAW["L01"].on(DAY).value.days


def test_days_that_the_municipality_has_chosen_come_before_the_lawbooks(frida_administrator: Member) -> None:
    change_setting(reminders={"L01": 10}, by=frida_administrator.viewer, at=AT)
    assert installation().days("L01", on=DAY) == 10


def test_a_rule_that_is_not_counted_in_days_gives_none(db: None) -> None:
    with pytest.raises(InactiveRule):
        installation().days("D20", on=DAY)


def test_the_settings_are_changed_by_who_runs_the_installation_and_no_other(anna_head_of_security: Member) -> None:
    with pytest.raises(PermissionDenied):
        change_setting(municipality="Ekby kommun", by=anna_head_of_security.viewer, at=AT)
    assert installation().name == ""


@pytest.mark.parametrize(("method", "second"), [("get", ""), ("post", "Ekby kommun")])
def test_the_settings_are_read_once_while_a_page_is_only_read(
    frida_administrator: Member, method: str, second: str
) -> None:
    names = []

    def page(request: object) -> HttpResponse:
        names.append(installation().name)
        change_setting(municipality="Ekby kommun", by=frida_administrator.viewer, at=AT)
        names.append(installation().name)
        return HttpResponse()

    ReadOnce(page)(getattr(RequestFactory(), method)("/"))
    assert names == ["", second]

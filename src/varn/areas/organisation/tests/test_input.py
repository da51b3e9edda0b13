"""What no form and no address should be brought down by."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from tests.people import Member, Municipality
from varn.areas.organisation.forms.fields import MOST_UNITS, ShareField, UnitsField
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.values import day_of
from varn.mechanisms.ui.fields import DayField, LastDayField


def _units_field(viewer: Viewer) -> UnitsField:
    field = UnitsField()
    field.viewer = viewer
    return field


@pytest.mark.parametrize("typed", [["x" * 60_000], ["a\x00b"], ["211"] * (MOST_UNITS + 1)])
def test_what_cannot_be_a_units_name_is_not_looked_up(anna_head_of_security: Member, typed: list[str]) -> None:
    with pytest.raises(ValidationError):
        _units_field(anna_head_of_security.viewer).clean(typed)


def test_units_are_found_by_code_and_by_name(municipality: Municipality, anna_head_of_security: Member) -> None:
    found = _units_field(anna_head_of_security.viewer).clean(["211", "Ängskolan", "211"])
    assert [unit.code for unit in found] == ["211", "311"]


@pytest.mark.parametrize("field", [DayField(), LastDayField()])
@pytest.mark.parametrize("typed", ["9999-12-31", "0022-01-01", "1899-12-31"])
def test_a_day_that_nobody_counts_from_is_refused_in_a_sentence(field: DayField, typed: str) -> None:
    with pytest.raises(ValidationError) as error:
        field.clean(typed)
    assert "1900-01-01" in error.value.messages[0]


def test_a_file_that_writes_the_end_of_time_is_told_to_leave_it_empty() -> None:
    assert day_of("9999-12-31")[1].key == "imports:refusal.day_out_of_range"
    assert day_of("2199-12-31") == (date(2199, 12, 31), None)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-13-45", "abc"])
@pytest.mark.parametrize("page", ["coverage/", "gaps/", "units/tree/"])
def test_a_page_of_a_day_that_cannot_be_shown_shows_today_and_says_so(
    anna_head_of_security: Member, client: Client, page: str, day: str
) -> None:
    client.force_login(anna_head_of_security.account)
    shown = client.get(f"/organisation/{page}", {"day": day})
    assert shown.status_code == 200
    assert 'Ange en dag från och med <span class="nowrap">1900-01-01</span>' in shown.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"), [("50 %", "0.5"), ("50", "0.5"), ("0,5", "0.5"), ("1", "1"), ("100\xa0%", "1")]
)
def test_a_part_of_full_time_is_read_in_percent_or_as_a_part(typed: str, meant: str) -> None:
    assert ShareField(max_value=Decimal(1)).clean(typed) == Decimal(meant)


def test_a_part_of_full_time_is_shown_in_percent() -> None:
    with override("sv"):
        assert ShareField(max_value=Decimal(1)).prepare_value(Decimal("0.50")) == "50\xa0%"

import pytest

from tests.people import Municipality
from varn.areas.organisation.models import Unit
from varn.mechanisms.jobs.rows import RowsFailed, each_by_itself


def test_a_row_that_fails_does_not_keep_the_later_ones_from_being_done(municipality: Municipality) -> None:
    units, done = list(Unit.objects.order_by("pk")[:3]), []

    def do(unit: Unit) -> None:
        if unit == units[1]:
            raise ValueError(unit.name)
        done.append(unit)

    with pytest.raises(RowsFailed) as failed:
        each_by_itself(units, do)
    assert done == [units[0], units[2]]
    assert f"Unit {units[1].pk}" in str(failed.value)
    assert units[1].name not in str(failed.value)


def test_rows_that_can_all_be_done_are_counted(municipality: Municipality) -> None:
    assert each_by_itself(list(Unit.objects.all()[:3]), lambda unit: None) == 3

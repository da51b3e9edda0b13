import pytest

from tests.people import Municipality
from varn.areas.organisation.models import Unit
from varn.mechanisms.jobs.rows import RowsFailed, each_by_itself, step_by_step


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


def test_a_row_that_fails_keeps_no_later_step_from_its_rows(municipality: Municipality) -> None:
    units, done = list(Unit.objects.order_by("pk")[:2]), []

    def fail(unit: Unit) -> None:
        raise ValueError(unit.name)

    with pytest.raises(RowsFailed, match="1 done, 1 not"):
        step_by_step((units[:1], fail), (units[1:], done.append))
    assert done == units[1:]

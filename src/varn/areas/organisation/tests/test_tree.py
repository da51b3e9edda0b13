"""The tree on every day: what the lines say is what a walk of the periods says."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import AT, Member, Municipality
from varn.areas.organisation import actions, queries
from varn.areas.organisation.models import Unit, UnitLine, UnitPeriod
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.rules.kinds import is_authority
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.moves.making import Refused

FIRST = date(2020, 1, 1)
SYSTEM = system_viewer(at=AT, job="test")
PARENTS = ["11", "21", "31", "40", "a", "b", "c", "d"]
DAYS = st.integers(min_value=0, max_value=1500).map(lambda days: FIRST + timedelta(days=days))
MOVES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(PARENTS), DAYS), max_size=12)


def _walk(day: date) -> set[tuple[int, int, int, bool]]:
    parents = dict(UnitPeriod.objects.filter(holds(day)).values_list("unit_id", "parent_id"))
    kinds = dict(Unit.objects.values_list("pk", "kind"))
    found = set()
    for unit_id in parents:
        at, depth, crosses = unit_id, 0, False
        while at is not None:
            found.add((at, unit_id, depth, crosses))
            crosses = crosses or is_authority(kinds[at])
            at, depth = parents[at], depth + 1
    return found


def _written(day: date) -> set[tuple[int, int, int, bool]]:
    rows = UnitLine.objects.filter(holds(day))
    return set(rows.values_list("ancestor_id", "descendant_id", "depth", "crosses"))


def _four_units(municipality: Municipality) -> dict[str, Unit]:
    units = dict(municipality.units)
    for code, parent in (("a", "21"), ("b", "a"), ("c", "b"), ("d", "31")):
        units[code] = actions.create_unit(
            code=code, kind="unit", name=code, parent=units[parent], from_date=FIRST, by=SYSTEM, at=AT
        )
    return units


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_the_lines_of_any_day_are_the_walk_of_the_periods_of_that_day(municipality: Municipality, moves: list) -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    units = units if "a" in units else _four_units(municipality)
    for code, parent, day in moves:
        try:
            actions.move_unit(unit=units[code], parent=units[parent], from_date=day, by=SYSTEM, at=AT)
        except Refused:
            continue
    for day in {FIRST, date(2030, 1, 1), *(day for _, _, day in moves), *(d - timedelta(days=1) for *_, d in moves)}:
        assert _written(day) == _walk(day)


def test_a_move_changes_nothing_before_its_day(municipality: Municipality) -> None:
    before = _written(date(2022, 5, 31))
    actions.move_unit(
        unit=municipality.units["211"],
        parent=municipality.units["31"],
        from_date=date(2022, 6, 1),
        by=SYSTEM,
        at=AT,
    )
    assert _written(date(2022, 5, 31)) == before
    assert _written(date(2022, 6, 1)) == _walk(date(2022, 6, 1)) != before


def test_a_later_move_stands_when_an_earlier_one_is_told_afterwards(municipality: Municipality) -> None:
    unit, units = municipality.units["211"], municipality.units
    actions.move_unit(unit=unit, parent=units["31"], from_date=date(2022, 6, 1), by=SYSTEM, at=AT)
    actions.move_unit(unit=unit, parent=units["11"], from_date=date(2021, 6, 1), by=SYSTEM, at=AT)
    parents = [period.parent.code for period in UnitPeriod.objects.filter(unit=unit).order_by("from_date")]
    assert parents == ["21", "11", "31"]


def test_a_unit_cannot_lie_under_itself_on_any_day(municipality: Municipality) -> None:
    child = actions.create_unit(
        code="x", kind="unit", name="x", parent=municipality.units["211"], from_date=FIRST, by=SYSTEM, at=AT
    )
    with pytest.raises(Refused) as refused:
        actions.move_unit(unit=municipality.units["211"], parent=child, from_date=date(2023, 1, 1), by=SYSTEM, at=AT)
    assert refused.value.refusal.key == "organisation:refusal.circle"


def test_a_department_cannot_lie_under_a_unit(municipality: Municipality) -> None:
    with pytest.raises(Refused) as refused:
        actions.move_unit(
            unit=municipality.units["21"], parent=municipality.units["211"], from_date=FIRST, by=SYSTEM, at=AT
        )
    assert refused.value.refusal.key == "organisation:refusal.wrong_parent"


def test_a_name_of_the_past_is_found_on_its_day_and_todays_name_stands_on_the_unit(
    municipality: Municipality,
) -> None:
    unit = municipality.units["21"]
    actions.rename_unit(unit=unit, name="Omsorgsförvaltningen", from_date=date(2022, 2, 1), by=SYSTEM, at=AT)
    assert unit.name == "Omsorgsförvaltningen"
    assert queries.find_unit("Socialförvaltningen", date(2022, 1, 31)) == unit
    assert queries.find_unit("Socialförvaltningen", date(2022, 2, 1)) is None
    assert queries.find_unit("omsorgsförvaltningens", date(2022, 2, 1)) == unit


def test_a_change_to_come_leaves_todays_name_until_its_day(municipality: Municipality) -> None:
    unit = municipality.units["21"]
    actions.rename_unit(unit=unit, name="Omsorgsförvaltningen", from_date=date(2022, 4, 1), by=SYSTEM, at=AT)
    assert unit.name == "Socialförvaltningen"
    later = AT + timedelta(days=40)
    actions.bring_unit_up_to_date(unit=unit, by=system_viewer(at=later, job="test"), at=later)
    assert Unit.objects.get(pk=unit.pk).name == "Omsorgsförvaltningen"


def test_a_unit_with_children_cannot_be_closed(municipality: Municipality) -> None:
    with pytest.raises(Refused) as refused:
        actions.close_unit(unit=municipality.units["21"], until_date=date(2022, 6, 1), by=SYSTEM, at=AT)
    assert refused.value.refusal.values == {"unit": "Socialförvaltningen", "count": 2}


def test_a_closed_unit_is_kept_for_the_days_it_stood(municipality: Municipality) -> None:
    unit = municipality.units["212"]
    actions.close_unit(unit=unit, until_date=date(2022, 6, 1), by=SYSTEM, at=AT)
    assert [one.code for one in queries.path_of(unit, date(2022, 5, 31))] == ["1", "20", "21", "212"]
    assert queries.path_of(unit, date(2022, 6, 1)) == []


def test_nothing_is_placed_under_a_unit_that_closes(municipality: Municipality) -> None:
    actions.close_unit(unit=municipality.units["212"], until_date=date(2022, 6, 1), by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        actions.create_unit(
            code="p", kind="place", name="p", parent=municipality.units["212"], from_date=FIRST, by=SYSTEM, at=AT
        )
    assert refused.value.refusal.key == "organisation:refusal.unit_closes"


def test_a_batch_of_units_in_any_order_stands_as_if_made_one_by_one(municipality: Municipality) -> None:
    rows = [
        actions.NewUnit(code="y", kind="place", name="Y", parent_code="x", from_date=FIRST),
        actions.NewUnit(code="x", kind="unit", name="X", parent_code="21", from_date=FIRST),
    ]
    made = actions.create_units(rows=rows, by=SYSTEM, at=AT)
    assert made["y"].parent == made["x"]
    assert _written(date(2022, 1, 1)) == _walk(date(2022, 1, 1))


def test_a_batch_that_goes_in_a_circle_is_refused(municipality: Municipality) -> None:
    rows = [
        actions.NewUnit(code="x", kind="unit", name="X", parent_code="y", from_date=FIRST),
        actions.NewUnit(code="y", kind="unit", name="Y", parent_code="x", from_date=FIRST),
    ]
    with pytest.raises(Refused):
        actions.create_units(rows=rows, by=SYSTEM, at=AT)


def test_a_coordinator_cannot_change_the_tree(municipality: Municipality, bo_coordinator: Member) -> None:
    with pytest.raises(Exception, match="organisation:unit:rename"):
        actions.rename_unit(unit=municipality.units["21"], name="Bos", from_date=FIRST, by=bo_coordinator.viewer, at=AT)

"""Coverage on any date, as rules and as read from the appointments."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import AT, START, Member, Municipality, appoint
from varn.areas.organisation import actions, queries
from varn.areas.organisation.models import Appointment, Person
from varn.areas.organisation.rules.coverage import CoverageStatus, Found, Places, Required, Stretch, coverage_status
from varn.mechanisms.access.viewer import system_viewer

SYSTEM = system_viewer(at=AT, job="test")
DAY = date(2022, 3, 1)
ONE = Required(minimum=1, maximum=1)
VACANT, ENDING, FILLED = CoverageStatus.VACANT, CoverageStatus.ENDING, CoverageStatus.FILLED


def found(*stretches: tuple[int, float, date | None, date | None]) -> Found:
    return Found(
        stretches=tuple(
            Stretch(count=count, share=share, from_date=start, until_date=end) for count, share, start, end in stretches
        )
    )


HERE = found((1, 1.0, None, None))
LEAVING = (1, 1.0, None, date(2022, 4, 1))


@pytest.mark.parametrize(
    ("required", "there", "status"),
    [
        (None, HERE, CoverageStatus.NOT_REQUIRED),
        (ONE, Found(), CoverageStatus.VACANT),
        (ONE, HERE, CoverageStatus.FILLED),
        (Required(minimum=2), HERE, CoverageStatus.UNDERSTAFFED),
        (Required(minimum=1, share=Decimal("1.5")), HERE, CoverageStatus.UNDERSTAFFED),
        (ONE, found((2, 2.0, None, None)), CoverageStatus.OVERSTAFFED),
        (ONE, found(LEAVING), CoverageStatus.ENDING),
    ],
)
def test_a_requirement_is_judged_by_those_found(required, there, status) -> None:
    assert coverage_status(required, there).status == status


def test_a_successor_who_comes_in_time_keeps_the_place_filled() -> None:
    there = found(LEAVING, (1, 1.0, date(2022, 4, 1), None))
    assert coverage_status(ONE, there).status == CoverageStatus.FILLED


def test_a_successor_who_comes_too_late_leaves_a_hole_with_its_days() -> None:
    coverage = coverage_status(ONE, found(LEAVING, (1, 1.0, date(2022, 4, 15), None)))
    assert coverage.status == CoverageStatus.ENDING
    assert coverage.reasons[0].values == {"day": date(2022, 4, 1), "coming": date(2022, 4, 15)}


def test_a_hole_after_somebody_who_only_fills_in_is_seen() -> None:
    fills_in = (1, 1.0, date(2022, 4, 1), date(2022, 4, 20))
    coverage = coverage_status(ONE, found(LEAVING, fills_in, (1, 1.0, date(2022, 5, 10), None)))
    assert coverage.status == CoverageStatus.ENDING
    assert coverage.reasons[0].values == {"day": date(2022, 4, 20), "coming": date(2022, 5, 10)}


def test_those_who_follow_on_each_other_day_by_day_leave_no_hole() -> None:
    chain = [(1, 1.0, date(2022, 4, 1), date(2022, 4, 20)), (1, 1.0, date(2022, 4, 20), None)]
    assert coverage_status(ONE, found(LEAVING, *chain)).status == CoverageStatus.FILLED


def test_those_who_reach_a_unit_from_above_are_never_too_many() -> None:
    assert coverage_status(ONE, found((2, 2.0, None, None)), is_own=False).status == CoverageStatus.FILLED


def test_three_thirds_of_full_time_are_enough_for_one() -> None:
    thirds = found((3, 0.9999, None, None))
    assert coverage_status(Required(minimum=1, share=Decimal(1)), thirds).status == CoverageStatus.FILLED


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ([], CoverageStatus.NOT_REQUIRED),
        ([FILLED, CoverageStatus.NOT_REQUIRED], FILLED),
        ([VACANT, VACANT], VACANT),
        ([FILLED, VACANT], CoverageStatus.UNDERSTAFFED),
        ([FILLED, ENDING], ENDING),
        ([ENDING, CoverageStatus.UNDERSTAFFED], CoverageStatus.UNDERSTAFFED),
    ],
)
def test_places_stand_together_as_their_worst(statuses: list[CoverageStatus], status: CoverageStatus) -> None:
    assert Places.of(statuses).status is status


def test_the_staffed_and_the_vacant_places_add_up_to_those_required() -> None:
    places = Places.of([FILLED, FILLED, ENDING]) + Places.of([VACANT, ENDING])
    assert (places.total, places.staffed, places.gaps) == (5, 4, {VACANT: 1, ENDING: 2})


@pytest.fixture
def require(municipality: Municipality) -> Callable[..., None]:
    def set_(function: str, kind: str, **values) -> None:
        actions.set_requirement(
            function=municipality.functions[function], unit_kind=kind, from_date=START, by=SYSTEM, at=AT, **values
        )

    return set_


def _person(name: str) -> Person:
    return Person.objects.create(employee_id=name, name=name, sort_name=name, from_date=START)


def _status(municipality: Municipality, code: str, day: date = DAY) -> list[str]:
    unit = municipality.units[code]
    return [cell.status.value for cell in queries.coverage_of([unit.pk], day, SYSTEM).get(unit.pk, [])]


def test_a_department_is_covered_on_the_days_of_its_coordinator_and_vacant_before(
    municipality: Municipality, require
) -> None:
    require("security_coordinator", "department")
    appoint(
        _person("x"),
        municipality.functions["security_coordinator"],
        municipality.units["21"],
        from_date=date(2022, 2, 1),
        until_date=date(2022, 12, 1),
    )
    days = [date(2022, 1, 31), date(2022, 2, 1), date(2022, 10, 1), date(2022, 12, 1)]
    assert [_status(municipality, "21", day) for day in days] == [["vacant"], ["filled"], ["ending"], ["vacant"]]


def test_an_appointment_reaches_what_lies_below_but_not_the_next_authority(municipality: Municipality, require) -> None:
    require("security_representative", "unit")
    appoint(_person("x"), municipality.functions["security_representative"], municipality.units["20"])
    assert (_status(municipality, "211"), _status(municipality, "311")) == (["filled"], ["vacant"])


def test_an_appointment_for_the_whole_municipality_does_not_cover_the_departments(
    municipality: Municipality, require
) -> None:
    require("security_coordinator", "department")
    appoint(_person("x"), municipality.functions["security_coordinator"], municipality.units["1"])
    assert _status(municipality, "21") == ["vacant"]


def test_a_place_that_stands_empty_within_the_window_is_no_filled_place(municipality: Municipality, require) -> None:
    require("security_coordinator", "department")
    periods = [(START, date(2022, 3, 11)), (date(2022, 3, 11), date(2022, 4, 10)), (date(2022, 5, 20), None)]
    for number, (begins, ends) in enumerate(periods):
        appoint(
            _person(str(number)),
            municipality.functions["security_coordinator"],
            municipality.units["21"],
            from_date=begins,
            until_date=ends,
        )
    assert _status(municipality, "21") == ["ending"]


def test_the_unit_above_that_covers_has_the_name_of_that_day(municipality: Municipality, require) -> None:
    require("security_representative", "unit")
    appoint(_person("x"), municipality.functions["security_representative"], municipality.units["21"])
    actions.rename_unit(unit=municipality.units["21"], name="Omsorgen", from_date=date(2022, 3, 2), by=SYSTEM, at=AT)

    def through(day: date) -> str:
        return queries.coverage_of([municipality.units["211"].pk], day, SYSTEM)[municipality.units["211"].pk][0].through

    assert (through(DAY), through(date(2022, 3, 2))) == ("Socialförvaltningen", "Omsorgen")


def test_a_proposal_covers_nothing(municipality: Municipality, require) -> None:
    require("security_coordinator", "department")
    appointment = appoint(_person("x"), municipality.functions["security_coordinator"], municipality.units["21"])
    Appointment.objects.filter(pk=appointment.pk).update(state="proposed")
    assert _status(municipality, "21") == ["vacant"]


def test_a_units_own_requirement_replaces_that_of_its_kind(municipality: Municipality, require) -> None:
    require("security_coordinator", "department")
    require("security_coordinator", "department", unit=municipality.units["21"], minimum=0)
    assert (_status(municipality, "21"), _status(municipality, "31")) == (["not_required"], ["vacant"])


def test_a_share_is_divided_over_the_units_of_an_appointment(
    municipality: Municipality, require, anna_head_of_security: Member
) -> None:
    require("security_coordinator", "department", share=Decimal(1))
    appointment = actions.propose_appointment(
        person=_person("x"),
        function=municipality.functions["security_coordinator"],
        units=[municipality.units["21"], municipality.units["31"]],
        from_date=START,
        appointed_by="Säkerhetschefen",
        by=anna_head_of_security.viewer,
        at=AT,
    )
    actions.accept_appointment(appointment=appointment, by=anna_head_of_security.viewer, at=AT)
    assert _status(municipality, "21") == ["understaffed"]


def test_the_summary_counts_only_what_the_reader_may_see(
    municipality: Municipality, require, bo_coordinator: Member, anna_head_of_security: Member
) -> None:
    require("security_coordinator", "department")
    summary = queries.coverage_summary(DAY, bo_coordinator.viewer)
    assert {tier: dict(counts) for tier, counts in summary.items()} == {"tactical": {CoverageStatus.FILLED: 1}}
    assert queries.coverage_summary(DAY, anna_head_of_security.viewer)["tactical"] == {
        CoverageStatus.FILLED: 1,
        CoverageStatus.VACANT: 2,
    }


def test_gaps_are_named_unit_by_unit_and_can_be_read_on(municipality: Municipality, require) -> None:
    require("security_coordinator", "department")
    found = [cell.unit for cell in queries.gaps(DAY, SYSTEM)]
    assert [unit.code for unit in found] == ["31", "11", "21"]
    rest = queries.gaps(DAY, SYSTEM, after=(found[0].sort_name, found[0].pk))
    assert [cell.unit.code for cell in rest] == ["11", "21"]


def test_coverage_costs_as_many_statements_for_one_unit_as_for_all(municipality: Municipality, require) -> None:
    require("security_coordinator", "department")
    with CaptureQueriesContext(
        connection,
    ) as one:
        queries.coverage_of([municipality.units["21"].pk], DAY, SYSTEM)
    with CaptureQueriesContext(connection) as every:
        queries.coverage_of([unit.pk for unit in municipality.units.values()], DAY, SYSTEM)
    assert len(one) == len(every) == 6


def test_a_requirement_changed_from_a_day_holds_as_before_until_that_day(municipality: Municipality, require) -> None:
    require("security_coordinator", "department")
    actions.set_requirement(
        function=municipality.functions["security_coordinator"],
        unit_kind="department",
        minimum=0,
        from_date=date(2022, 6, 1),
        by=SYSTEM,
        at=AT,
    )
    assert _status(municipality, "21", date(2022, 5, 31)) == ["vacant"]
    assert _status(municipality, "21", date(2022, 6, 1)) == ["not_required"]

from tests.people import AT, Member
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.exports.actions import record_export


def test_an_export_stands_in_the_trail_with_its_filters_and_its_rows(bo_coordinator: Member) -> None:
    record_export(
        name="organisation:appointment",
        filters={"state": ["active"]},
        rows=12,
        file_format="csv",
        by=bo_coordinator.viewer,
        at=AT,
    )
    entry = Entry.objects.get(verb="exports:export:take_out")
    assert (entry.actor, entry.changes["rows"], entry.changes["filters"]) == (
        "Bo Berglund",
        [None, 12],
        [None, {"state": ["active"]}],
    )

import pytest
from django.db import IntegrityError

from tests.people import AT, START, Municipality
from varn.areas.organisation.models import Person, Unit
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import Refused, action, record

SYSTEM = system_viewer(at=AT, job="test")


@action
def _come(*, employee_id: str, until_date: object = None, by: Viewer, at: object) -> Person:
    person = Person.objects.create(
        employee_id=employee_id, name="x", sort_name="x", from_date=START, until_date=until_date
    )
    record("organisation:person:create", person, by=by, at=at)
    return person


def test_what_somebody_else_did_a_moment_before_is_a_refusal(municipality: Municipality) -> None:
    _come(employee_id="a1", by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        _come(employee_id="A1", by=SYSTEM, at=AT)
    assert refused.value.refusal.key == "audit:refusal.changed_meanwhile"
    assert Person.objects.count() == 1


def test_what_is_wrong_in_itself_is_not_called_a_meeting(municipality: Municipality) -> None:
    with pytest.raises(IntegrityError):
        _come(employee_id="a1", until_date=START, by=SYSTEM, at=AT)


def test_there_is_one_municipality_and_codes_differ_in_more_than_case(municipality: Municipality) -> None:
    with pytest.raises(IntegrityError):
        Unit.objects.create(code="99", kind="municipality", name="x", sort_name="x", from_date=START)

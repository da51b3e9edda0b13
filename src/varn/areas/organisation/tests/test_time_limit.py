"""A role for a time is never given without its last day: by the deed, by an import or past the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.people import AT, Member, Municipality
from varn.areas.organisation import actions
from varn.areas.organisation.models import Appointment, Function, Person
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.trail import Refused

SYSTEM = system_viewer(at=AT, job="test")


class TestTimeLimit:
    """A role for a time is never given without its last day."""

    DAY = date(2022, 3, 1)

    def person(self) -> Person:
        return Person.objects.create(employee_id="r1", name="Rut Rask", sort_name="rut", from_date=date(2020, 1, 1))

    def propose(self, municipality: Municipality, until_date: date | None) -> Appointment:
        return actions.propose_appointment(
            function=Function.objects.get(key="auditor"),
            units=[municipality.units["1"]],
            from_date=self.DAY,
            until_date=until_date,
            person=self.person(),
            appointed_by="Kommunfullmäktige",
            by=SYSTEM,
            at=AT,
        )

    @pytest.mark.parametrize("days", [None, 367, 4000])
    def test_the_deed_refuses_none_and_one_too_far_off(self, municipality: Municipality, days: int | None) -> None:
        with pytest.raises(Refused):
            self.propose(municipality, None if days is None else self.DAY + timedelta(days=days))

    def test_the_deed_takes_a_year(self, municipality: Municipality) -> None:
        assert self.propose(municipality, self.DAY + timedelta(days=366)).until_date

    def test_the_database_refuses_one_without(self, municipality: Municipality) -> None:
        one = self.propose(municipality, self.DAY + timedelta(days=30))
        for change in ({"until_date": None}, {"until_date": None, "state": "ended"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Appointment.objects.filter(pk=one.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(
                reference="FORD-X", person=one.person, function=one.function, from_date=self.DAY, share=1,
                appointed_by="x",
            )  # fmt: skip

    def test_the_database_takes_others_without(self, bo_coordinator: Member) -> None:
        Appointment.objects.filter(person=bo_coordinator.person).update(until_date=None)
        assert list(Appointment.objects.filter(person=bo_coordinator.person, until_date=None)) != []

    def test_an_announced_day_is_not_moved_beyond_the_longest(self, municipality: Municipality) -> None:
        one = self.propose(municipality, self.DAY + timedelta(days=366))
        actions.accept_appointment(appointment=one, by=SYSTEM, at=AT)
        one.refresh_from_db()
        with pytest.raises(Refused):
            actions.announce_ending(
                appointment=one, until_date=self.DAY + timedelta(days=4000), reason="x", by=SYSTEM, at=AT
            )

    def test_a_batch_is_refused_as_a_proposal_is(self, municipality: Municipality) -> None:
        row = actions.NewAppointment(
            person=self.person(), function=Function.objects.get(key="auditor"), units=[municipality.units["1"]],
            from_date=self.DAY, appointed_by="Kommunfullmäktige",
        )  # fmt: skip
        with pytest.raises(Refused):
            actions.appoint_all(rows=[row], by=SYSTEM, at=AT)

    def test_those_appointed_without_end_do_not_get_the_role(self, bo_coordinator: Member) -> None:
        function = Function.objects.get(key="security_coordinator")
        said = {"name_sv": "S", "name_en": "S", "tier": "tactical", "position": 1, "by": SYSTEM, "at": AT}
        with pytest.raises(Refused):
            actions.change_function(function=function, role="auditor", **said)

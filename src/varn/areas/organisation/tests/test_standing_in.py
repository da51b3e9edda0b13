"""Deputies: the holder's rights for a period, no more than those, and nothing lost when it ends."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tests.people import AT, Member, Municipality, appoint, join
from varn.areas.organisation import actions, queries
from varn.areas.organisation.models import Absence, Appointment, Person, StandIn
from varn.areas.organisation.permissions import Permission
from varn.kernel.levels import Level
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Marking
from varn.mechanisms.access.viewer import viewer_of
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.links import url_of
from varn.mechanisms.notices.models import Notice
from varn.mechanisms.ui.history import told

TODAY = date(2022, 3, 1)
WEEK = timedelta(days=7)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@pytest.fixture
def gun_head(municipality: Municipality) -> Member:
    return join("Gun Granath", municipality, "head_of_department", "21")


@pytest.fixture
def ove_representative(municipality: Municipality) -> Member:
    return join("Ove Olander", municipality, "security_representative", "211")


def of(member: Member) -> Appointment:
    return Appointment.objects.get(person=member.person)


def stand_in(holder: Member, deputy: Person, by: Member, **said: object) -> StandIn:
    asked = {"from_date": TODAY, "until_date": TODAY + WEEK} | said
    return actions.appoint_stand_in(appointment=of(holder), deputy=deputy, by=by.viewer, at=AT, **asked)


def refusal_of(*args: object, **said: object) -> str:
    with pytest.raises(Refused) as refused:
        stand_in(*args, **said)
    return refused.value.refusal.key.partition(".")[2]


def test_a_deputy_has_the_holders_rights_and_is_named_as_deputy(bo_coordinator, ove_representative) -> None:
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    held = ove_representative.viewer
    borrowed = held.scopes[1]
    assert borrowed.permissions == bo_coordinator.viewer.scopes[0].permissions
    assert (borrowed.unit_id, borrowed.stands_in_for) == (of(bo_coordinator).units.get().pk, bo_coordinator.person.pk)
    assert held.person_id == ove_representative.person.pk
    assert held.function == "Säkerhetsombud, Säkerhetssamordnare (ersättare för Bo Berglund)"


def test_the_rights_begin_and_end_in_the_same_second(bo_coordinator, ove_representative) -> None:
    stand_in(
        bo_coordinator, ove_representative.person, bo_coordinator, from_date=TODAY + WEEK, until_date=TODAY + 2 * WEEK
    )
    first, end = midnight(TODAY + WEEK), midnight(TODAY + 2 * WEEK)
    second = timedelta(seconds=1)
    asked = [first - second, first, end - second, end]
    assert [len(ove_representative.viewer_at(at).scopes) for at in asked] == [1, 2, 2, 1]


def test_one_who_has_no_appointment_has_the_rights_too(municipality, bo_coordinator, eva_secretary) -> None:
    account = join("Frida Forsman", municipality).account
    account.is_administrator = False
    account.save()
    person = Person.objects.create(
        employee_id="f1", name="Frida Forsman", sort_name="frida", account=account, from_date=date(2020, 1, 1)
    )
    stand_in(bo_coordinator, person, bo_coordinator)
    viewer = viewer_of(account, at=AT)
    assert viewer.person_id == person.pk
    assert [scope.stands_in_for for scope in viewer.scopes] == [bo_coordinator.person.pk]


def test_a_deputys_deputy_has_nothing_of_the_first_holder(municipality, bo_coordinator, ove_representative) -> None:
    third = join("Pia Palm", municipality, "security_representative", "212")
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    stand_in(ove_representative, third.person, ove_representative)
    assert {scope.stands_in_for for scope in third.viewer.scopes} == {None, ove_representative.person.pk}
    assert Permission.EXPORT_PEOPLE not in {right for scope in third.viewer.scopes for right in scope.permissions}


def test_a_deputy_hands_the_rights_on_to_nobody(municipality, gun_head, bo_coordinator, ove_representative) -> None:
    stand_in(gun_head, bo_coordinator.person, gun_head)
    with pytest.raises(PermissionDenied):
        stand_in(gun_head, ove_representative.person, bo_coordinator)


def test_a_deputy_changes_nothing_in_the_appointment_that_gives_the_rights(gun_head, bo_coordinator) -> None:
    stand_in(gun_head, bo_coordinator.person, gun_head)
    assert queries.is_for_oneself(of(gun_head), by=bo_coordinator.viewer)


def test_the_rights_end_with_the_holders_appointment(bo_coordinator, ove_representative, anna_head_of_security) -> None:
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    actions.announce_ending(appointment=of(bo_coordinator), until_date=TODAY, by=anna_head_of_security.viewer, at=AT)
    assert len(ove_representative.viewer.scopes) == 1


def test_an_ended_deputy_has_nothing_from_that_second_on(bo_coordinator, ove_representative) -> None:
    one = stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    actions.end_stand_in(stand_in=one, by=bo_coordinator.viewer, at=AT)
    assert len(ove_representative.viewer.scopes) == 1
    assert one.until_date == TODAY


def test_the_manager_who_could_accept_the_appointment_appoints_a_deputy(
    gun_head, bo_coordinator, ove_representative
) -> None:
    assert stand_in(bo_coordinator, ove_representative.person, gun_head).deputy == ove_representative.person


def test_a_stranger_appoints_nobody(cecilia_head_of_department, bo_coordinator, ove_representative) -> None:
    with pytest.raises(PermissionDenied):
        stand_in(bo_coordinator, ove_representative.person, cecilia_head_of_department)


def test_a_coordinator_appoints_no_deputy_for_the_manager(gun_head, bo_coordinator, ove_representative) -> None:
    with pytest.raises(PermissionDenied):
        stand_in(gun_head, ove_representative.person, bo_coordinator)


def test_what_stands_against_a_deputy_is_said(gun_head, bo_coordinator, ove_representative) -> None:
    deputy = ove_representative.person
    assert refusal_of(bo_coordinator, bo_coordinator.person, gun_head) == "own_deputy"
    assert refusal_of(bo_coordinator, gun_head.person, gun_head) == "own_appointment"
    assert refusal_of(bo_coordinator, deputy, gun_head, from_date=TODAY - WEEK) == "stand_in_before_today"
    assert refusal_of(bo_coordinator, deputy, gun_head, until_date=TODAY) == "ends_before_it_begins"
    Person.objects.filter(pk=deputy.pk).update(until_date=TODAY + timedelta(days=2))
    deputy.refresh_from_db()
    assert refusal_of(bo_coordinator, deputy, gun_head) == "person_not_here"


def test_an_appointment_has_one_deputy_at_a_time(municipality, bo_coordinator, ove_representative) -> None:
    third = join("Pia Palm", municipality, "security_representative", "212")
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    assert (
        refusal_of(bo_coordinator, third.person, bo_coordinator, from_date=TODAY + timedelta(days=3))
        == "stand_in_twice"
    )
    after = {"from_date": TODAY + WEEK, "until_date": TODAY + 2 * WEEK}
    assert stand_in(bo_coordinator, third.person, bo_coordinator, **after).deputy == third.person


def test_a_deputy_for_all_has_every_appointment_and_one_for_one_has_no_more(
    municipality, bo_coordinator, ove_representative
) -> None:
    second = appoint(bo_coordinator.person, municipality.functions["security_coordinator"], municipality.units["311"])
    first = Appointment.objects.filter(person=bo_coordinator.person).exclude(pk=second.pk).get()
    said = {"deputy": ove_representative.person, "by": bo_coordinator.viewer, "at": AT}
    period = {"from_date": TODAY, "until_date": TODAY + WEEK}
    one = actions.appoint_stand_in(appointment=first, **period, **said)
    assert ove_representative.viewer.people == {ove_representative.person.pk}
    actions.end_stand_in(stand_in=one, by=bo_coordinator.viewer, at=AT)
    actions.appoint_stand_in(appointment=first, for_all=True, **period, **said)
    assert len(ove_representative.viewer.scopes) == 3
    assert ove_representative.viewer.people == {ove_representative.person.pk, bo_coordinator.person.pk}


def test_a_deputy_of_whoever_holds_an_office_has_the_offices_rights(
    municipality, david_chief_executive, anna_head_of_security
) -> None:
    appointment = of(david_chief_executive)
    stand_in(david_chief_executive, anna_head_of_security.person, david_chief_executive)
    borrowed = anna_head_of_security.viewer.scopes[1]
    assert borrowed.function == "Kommundirektör (ersättare för David Dahlin)"
    assert borrowed.everything
    assert appointment.stand_ins.count() == 1


def test_the_trail_names_the_one_whose_deputy_did_it(bo_coordinator, ove_representative, municipality) -> None:
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    actions.create_person(
        employee_id="9", name="Ny Nilsson", from_date=TODAY, unit=municipality.units["211"],
        title="", email="", phone="", by=ove_representative.viewer, at=AT,
    )  # fmt: skip
    assert "ersättare för Bo Berglund" in Entry.objects.latest("pk").function


def test_who_waits_for_the_holder_reaches_the_deputy_and_the_holder(
    municipality, bo_coordinator, ove_representative
) -> None:
    units, told = [municipality.units["211"]], {"functions": ["security_coordinator"]}
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    both = {bo_coordinator.account.pk, ove_representative.account.pk}
    assert queries.account_ids_appointed(units, TODAY, **told) == both
    assert queries.account_ids_appointed(units, TODAY + WEEK, **told) == {bo_coordinator.account.pk}
    assert Notice.objects.filter(account=ove_representative.account, kind="organisation:notice.stands_in").exists()


def test_the_deputy_of_a_manager_is_found_for_the_line_of_command(gun_head, bo_coordinator) -> None:
    stand_in(gun_head, bo_coordinator.person, gun_head)
    assert queries.deputies_of([gun_head.person.pk], TODAY) == {bo_coordinator.person.pk}
    assert queries.deputies_of([gun_head.person.pk], TODAY + WEEK) == set()


def test_the_calendar_ends_those_whose_last_day_has_passed(bo_coordinator, ove_representative) -> None:
    one = stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    assert queries.stand_ins_to_end(viewer=bo_coordinator.viewer_at(midnight(TODAY + WEEK))) == [one]
    assert queries.stand_ins_to_end(viewer=bo_coordinator.viewer) == []


def test_an_absence_is_written_by_oneself_and_by_the_manager_and_by_nobody_else(
    gun_head, bo_coordinator, cecilia_head_of_department
) -> None:
    said = {"kind": "leave", "from_date": TODAY, "until_date": TODAY + WEEK, "at": AT}
    with pytest.raises(PermissionDenied):
        actions.register_absence(person=bo_coordinator.person, by=cecilia_head_of_department.viewer, **said)
    actions.register_absence(person=bo_coordinator.person, by=gun_head.viewer, **said)
    with pytest.raises(Refused):
        actions.register_absence(person=bo_coordinator.person, by=bo_coordinator.viewer, **said)
    assert Absence.objects.get().kind == "leave"


def test_there_is_no_kind_of_absence_that_tells_of_illness(bo_coordinator) -> None:
    with pytest.raises(ValueError, match="sickness"):
        actions.register_absence(
            person=bo_coordinator.person, kind="sickness", from_date=TODAY, until_date=TODAY + WEEK,
            by=bo_coordinator.viewer, at=AT,
        )  # fmt: skip


def test_who_is_away_without_a_deputy_leaves_a_gap_and_a_deputy_fills_it(
    municipality, anna_head_of_security, bo_coordinator, ove_representative
) -> None:
    require_a_coordinator(municipality, by=anna_head_of_security)
    actions.register_absence(
        person=bo_coordinator.person, kind="other", from_date=TODAY, until_date=TODAY + 2 * WEEK,
        by=bo_coordinator.viewer, at=AT,
    )  # fmt: skip
    unit = municipality.units["21"]

    def cell():
        (found,) = queries.coverage_of([unit.pk], TODAY, anna_head_of_security.viewer)[unit.pk]
        return found

    assert cell().coverage.status == "vacant"
    assert cell().coverage.reasons == (
        Refusal("organisation:reason.absent", last=TODAY + 2 * WEEK - timedelta(days=1)),
    )
    stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    assert cell().coverage.status == "ending"
    assert cell().holder == "Ove Olander (ersättare för Bo Berglund)"


def test_a_protected_holder_who_is_away_takes_nobody_from_the_coverage(
    municipality, anna_head_of_security, bo_coordinator
) -> None:
    reader = join("Ylva Yng", municipality, "security_representative", "21")
    second = join("Pia Palm", municipality, "security_coordinator", "21")
    require_a_coordinator(municipality, by=anna_head_of_security)
    actions.register_absence(
        person=second.person, kind="other", from_date=TODAY, until_date=TODAY + WEEK, by=second.viewer, at=AT
    )
    protect(second.person)
    unit = municipality.units["21"]
    (cell,) = queries.coverage_of([unit.pk], TODAY, reader.viewer)[unit.pk]
    assert (cell.coverage.status, cell.holder) == ("filled", "Bo Berglund")


def test_a_protected_deputy_is_neither_listed_nor_named(
    municipality, anna_head_of_security, bo_coordinator, ove_representative
) -> None:
    reader = join("Ylva Yng", municipality, "security_representative", "21")
    require_a_coordinator(municipality, by=anna_head_of_security)
    unit = municipality.units["21"]

    def named() -> str:
        (found,) = queries.coverage_of([unit.pk], TODAY, reader.viewer)[unit.pk]
        return found.holder

    one = stand_in(bo_coordinator, ove_representative.person, bo_coordinator)
    assert list(queries.stand_ins(viewer=reader.viewer)) == [one]
    assert named() == "Ove Olander (ersättare för Bo Berglund)"
    protect(ove_representative.person)
    assert list(queries.stand_ins(viewer=reader.viewer)) == []
    assert named() == "Bo Berglund"
    assert list(queries.stand_ins(viewer=ove_representative.viewer)) == [one]


def test_a_deputy_who_is_protected_later_is_named_no_more_on_the_appointment(
    client: Client, municipality, anna_head_of_security, bo_coordinator, ove_representative
) -> None:
    reader, unit = join("Ylva Yng", municipality, "security_representative", "21"), municipality.units["21"]
    appointment = Appointment.objects.get(person=bo_coordinator.person)
    deputy = ove_representative.person
    actions.change_appointment(
        appointment=appointment, units=[unit], share=appointment.share, deputy=deputy, effective_date=TODAY,
        from_date=appointment.from_date, until_date=None, by=anna_head_of_security.viewer, at=AT,
    )  # fmt: skip

    def pages(member: Member) -> list[bool]:
        client.force_login(member.account)
        urls = (url_of(appointment), "/organisation/appointments/?format=csv")
        return [deputy.name.encode() in b"".join(client.get(url)) for url in urls]

    def history(member: Member) -> str:
        return str(told(appointment, viewer=member.viewer))

    assert [deputy.name in history(member) for member in (reader, bo_coordinator)] == [True, True]
    protect(deputy)
    assert [deputy.name in history(member) for member in (reader, bo_coordinator)] == [False, True]
    assert (pages(reader), pages(bo_coordinator)) == ([False, False], [True, True])
    assert [row.deputy for row in queries.placements_of(appointment, viewer=reader.viewer)] == [None] * 2


def test_two_who_change_the_end_of_an_absence_see_both_days(client: Client, bo_coordinator: Member) -> None:
    today = timezone.localdate()
    absence = Absence.objects.create(
        person=bo_coordinator.person, kind="leave", from_date=today, until_date=today + WEEK
    )
    path = f"/organisation/absences/{absence.pk}/end/"
    client.force_login(bo_coordinator.account)
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(path).text).group(1)
    other = today + timedelta(days=3)
    actions.end_absence(
        absence=absence, until_date=other, by=bo_coordinator.viewer_at(timezone.now()), at=timezone.now()
    )
    answer = client.post(path, {"until_date": str(today + 2 * WEEK), "opened": opened})
    absence.refresh_from_db()
    assert (answer.status_code, absence.until_date) == (409, other)


def require_a_coordinator(municipality: Municipality, *, by: Member) -> None:
    actions.set_requirement(
        function=municipality.functions["security_coordinator"], unit_kind="department", from_date=TODAY,
        by=by.viewer, at=AT,
    )  # fmt: skip


def protect(person: Person) -> None:
    """The person's identity is protected: a representative does not reach so high."""
    kind = ContentType.objects.get_for_model(Person)
    Marking.objects.create(content_type=kind, object_id=person.pk, level=Level.SENSITIVE, from_at=AT)

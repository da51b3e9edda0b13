"""What a group of the directory gives, from the second somebody comes into it until the second they leave it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tests.people import Member, Municipality, appoint
from varn.areas.organisation import actions
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, GroupMapping, Person
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.directory.actions import change_group, change_user, receive_group, receive_user, remove_group
from varn.mechanisms.directory.actions.groups import Turnover
from varn.mechanisms.directory.actions.users import UserDraft
from varn.mechanisms.directory.face import Told
from varn.mechanisms.directory.models import DirectoryGroup, DirectoryUser
from varn.mechanisms.moves.making import Refused

pytestmark = pytest.mark.django_db
PAGE = "/organisation/appointments/"
MADE = AppointmentState.ACTIVE


@dataclass
class Directory:
    """The directory, which says something at a moment."""

    group: DirectoryGroup
    at: datetime

    def knows(self, employee_id: str, *, active: bool = True) -> DirectoryUser:
        draft = UserDraft(told=Told(employee_id=employee_id), user_name=employee_id, is_active=active)
        held = DirectoryUser.objects.filter(employee_id=employee_id).first()
        if held is not None:
            return change_user(user=held, draft=draft, by=self.by, at=self.at)
        return receive_user(draft=draft, by=self.by, at=self.at)

    def puts_in(self, *users: DirectoryUser) -> None:
        self._turns(Turnover(joins=frozenset(str(user.uuid) for user in users)))

    def takes_out(self, *users: DirectoryUser) -> None:
        self._turns(Turnover(leaves=frozenset(str(user.uuid) for user in users)))

    @property
    def by(self):
        return system_viewer(at=self.at, job="SCIM: Katalogen")

    def _turns(self, turnover: Turnover) -> None:
        change_group(group=self.group, name=self.group.name, external_id="", turnover=turnover, by=self.by, at=self.at)


@pytest.fixture
def directory(municipality: Municipality) -> Directory:
    at = timezone.now()
    return Directory(receive_group(name="SEC-Ombud", by=system_viewer(at=at, job="test"), at=at), at)


def said(directory: Directory, municipality: Municipality, by: Member, **other) -> GroupMapping:
    what = {
        "group": directory.group,
        "function": municipality.functions["security_representative"],
        "unit": municipality.units["211"],
        "decided_by": "Säkerhetschefen",
        "ground": "Delegationsordningen 4.2",
        "case_number": "KS 2026-12",
    }
    return actions.create_group_mapping(**what | other, by=by.viewer_at(directory.at), at=directory.at)


def newcomer(municipality: Municipality, name: str = "nils") -> Member:
    account = Account.objects.create(email=f"{name}@ekby.example", name=name.title(), created_at=timezone.now())
    person = Person.objects.create(
        employee_id=name, name=name.title(), sort_name=name, account=account, from_date="2020-01-01"
    )
    return Member(person=person, account=account)


def given(member: Member) -> list[str]:
    return list(Appointment.objects.filter(person=member.person).order_by("pk").values_list("state", flat=True))


def test_in_the_group_out_of_the_group(directory: Directory, municipality, anna_head_of_security: Member) -> None:
    nils, browser = newcomer(municipality), Client()
    browser.force_login(nils.account)
    mapping = said(directory, municipality, anna_head_of_security)
    user = directory.knows("nils")
    assert browser.get(PAGE).status_code == 404
    directory.puts_in(user)
    assert browser.get(PAGE).status_code == 200
    appointment = Appointment.objects.get(person=nils.person)
    assert appointment.appointed_by == f"Kataloggrupp SEC-Ombud, koppling {mapping.reference}"
    directory.takes_out(user)
    assert browser.get(PAGE).status_code == 404
    assert given(nils) == [AppointmentState.WITHDRAWN]
    verbs = Entry.objects.filter(actor="SCIM: Katalogen").values_list("verb", flat=True)
    assert {"organisation:appointment:appoint_by_group", "organisation:appointment:release_by_group"} <= set(verbs)


def test_out_of_the_group_on_a_later_day_it_has_ended(directory, municipality, anna_head_of_security) -> None:
    nils = newcomer(municipality)
    directory.at -= timedelta(days=40)
    said(directory, municipality, anna_head_of_security)
    user = directory.knows("nils")
    directory.puts_in(user)
    directory.at += timedelta(days=40)
    assert nils.viewer_at(directory.at).scopes
    directory.takes_out(user)
    assert not nils.viewer_at(directory.at).scopes
    assert given(nils) == [AppointmentState.ENDED]


def test_who_is_in_already_has_it_when_it_is_said_and_loses_it_when_it_is_ended(
    directory, municipality, anna_head_of_security
) -> None:
    nils = newcomer(municipality)
    directory.puts_in(directory.knows("nils"))
    assert given(nils) == []
    mapping = said(directory, municipality, anna_head_of_security)
    assert given(nils) == [MADE]
    by = anna_head_of_security.viewer_at(directory.at)
    actions.end_group_mapping(group_mapping=mapping, reason="Ny delegation", by=by, at=directory.at)
    assert given(nils) == [AppointmentState.WITHDRAWN]


@pytest.mark.parametrize("end", ["closed", "removed"])
def test_who_is_closed_or_whose_group_is_gone_has_nothing_by_it(
    directory, municipality, anna_head_of_security, end: str
) -> None:
    nils = newcomer(municipality)
    said(directory, municipality, anna_head_of_security)
    directory.puts_in(directory.knows("nils"))
    if end == "closed":
        directory.knows("nils", active=False)
    else:
        remove_group(group=directory.group, by=directory.by, at=directory.at)
    assert given(nils) == [AppointmentState.WITHDRAWN]


def test_what_was_made_by_hand_is_never_touched(directory, municipality, anna_head_of_security) -> None:
    nils = newcomer(municipality)
    appoint(nils.person, municipality.functions["security_representative"], municipality.units["211"])
    said(directory, municipality, anna_head_of_security)
    user = directory.knows("nils")
    directory.puts_in(user)
    assert given(nils) == [MADE]
    directory.takes_out(user)
    assert given(nils) == [MADE]


def test_what_somebody_has_ended_by_hand_is_not_given_again(directory, municipality, anna_head_of_security) -> None:
    nils = newcomer(municipality)
    directory.at -= timedelta(days=40)
    said(directory, municipality, anna_head_of_security)
    directory.puts_in(directory.knows("nils"))
    directory.at += timedelta(days=40)
    by = anna_head_of_security.viewer_at(directory.at)
    one = Appointment.objects.get(person=nils.person)
    actions.announce_ending(appointment=one, until_date=timezone.localdate(directory.at), by=by, at=directory.at)
    directory.knows("nils")
    assert given(nils) == [AppointmentState.ENDED]


def test_nobody_says_more_than_they_could_give_by_an_appointment(
    directory, municipality, bo_coordinator, cecilia_head_of_department, anna_head_of_security
) -> None:
    with pytest.raises(PermissionDenied):
        said(directory, municipality, bo_coordinator)
    with pytest.raises(Refused):
        said(directory, municipality, anna_head_of_security, function=municipality.functions["chief_executive"])
    assert said(directory, municipality, anna_head_of_security)


def test_whoever_leads_a_part_knows_of_no_group_that_gives_nothing_there(
    directory, municipality, cecilia_head_of_department
) -> None:
    """Groups are chosen from all that the directory has: what others are in is not every department's to read."""
    with pytest.raises(PermissionDenied):
        said(directory, municipality, cecilia_head_of_department, unit=municipality.units["311"])
    assert not DirectoryGroup.objects.visible_to(cecilia_head_of_department.viewer).exists()


def test_the_administrator_says_nothing_of_what_a_group_gives(directory, municipality, frida_administrator) -> None:
    with pytest.raises(PermissionDenied):
        said(directory, municipality, frida_administrator)


def test_the_administrator_gets_nothing_by_a_group(directory, municipality, anna_head_of_security) -> None:
    nils = newcomer(municipality)
    Account.objects.filter(pk=nils.account.pk).update(is_administrator=True)
    mapping = said(directory, municipality, anna_head_of_security)
    directory.puts_in(directory.knows("nils"))
    assert given(nils) == []
    with pytest.raises(Refused):
        actions.appoint_by_group(group_mapping=mapping, person=nils.person, by=directory.by, at=directory.at)


def test_nobody_gets_anything_by_what_they_have_said_themselves(directory, municipality, anna_head_of_security) -> None:
    said(directory, municipality, anna_head_of_security)
    directory.puts_in(directory.knows("anna"))
    assert len(given(anna_head_of_security)) == 1


def test_only_the_directory_itself_moves_people(directory, municipality, anna_head_of_security) -> None:
    mapping, nils = said(directory, municipality, anna_head_of_security), newcomer(municipality)
    by = anna_head_of_security.viewer_at(directory.at)
    with pytest.raises(PermissionDenied):
        actions.appoint_by_group(group_mapping=mapping, person=nils.person, by=by, at=directory.at)
    with pytest.raises(PermissionDenied):
        receive_group(name="Egen", by=by, at=directory.at)


def test_the_same_is_said_once(directory, municipality, anna_head_of_security) -> None:
    said(directory, municipality, anna_head_of_security)
    with pytest.raises(Refused):
        said(directory, municipality, anna_head_of_security)


def test_the_pages_say_who_has_what(directory, municipality, anna_head_of_security) -> None:
    nils, browser = newcomer(municipality), Client()
    directory.puts_in(directory.knows("nils"), directory.knows("anna"))
    browser.force_login(anna_head_of_security.account)
    form = {
        "group": directory.group.pk,
        "function": municipality.functions["security_representative"].pk,
        "unit": "Hemtjänsten norr",
        "share": "50 %",
        "decided_by": "Säkerhetschefen",
        "ground": "Delegationsordningen",
    }
    sent = browser.post("/organisation/groups/create/", form, follow=True)
    page = sent.content.decode()
    assert sent.status_code == 200
    assert "Delegationsordningen" in page
    assert Appointment.objects.get(person=nils.person).reference in page
    assert "Kopplingen ger inte den som gjorde den några behörigheter" in page
    assert "SEC-Ombud" in browser.get("/organisation/groups/").content.decode()
    mapping = GroupMapping.objects.get()
    ended = browser.post(f"/organisation/groups/{mapping.reference}/end/", {"reason": "Slut"}, follow=True)
    assert "avslutad" in ended.content.decode().casefold()


def test_two_who_end_it_at_once_end_it_once(
    directory: Directory, municipality: Municipality, anna_head_of_security: Member
) -> None:
    mapping = said(directory, municipality, anna_head_of_security)
    as_the_other_read_it = GroupMapping.objects.get(pk=mapping.pk)
    by = anna_head_of_security.viewer_at(directory.at)
    actions.end_group_mapping(group_mapping=mapping, reason="Ny delegation", by=by, at=directory.at)
    with pytest.raises(Refused):
        actions.end_group_mapping(group_mapping=as_the_other_read_it, reason="Igen", by=by, at=directory.at)
    assert Entry.objects.filter(verb="organisation:group_mapping:end").count() == 1

"""Levels, compartments, subjects and shares, as people set them."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tests.people import AT, Member, Municipality, join
from varn.areas.decisions.actions import delegate_assignment, register_decision
from varn.areas.decisions.models import Assignment, Decision
from varn.areas.decisions.tests.bodies import DECIDED, Bodies, build_bodies, in_other
from varn.areas.organisation.models import Person
from varn.kernel.levels import Level
from varn.mechanisms.access.models import Capacity, CompartmentKind, Marking, MembershipRole
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.notices.models import Notice
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.search.finding import find
from varn.mechanisms.secrecy import actions
from varn.mechanisms.secrecy.forms import SubjectForm
from varn.mechanisms.secrecy.jobs import tell_of_ending_shares
from varn.mechanisms.secrecy.records import is_seen
from varn.mechanisms.ui.history import told

LATER = AT + timedelta(seconds=1)
KNOWN = ("trusted", "knowledgeable", "needed")
DAY = date(2022, 2, 1)
GROUNDS = actions.Grounds(
    trusted_date=DAY,
    trusted_by="Anna",
    knowledgeable_date=DAY,
    knowledgeable_by="Anna",
    needed_date=DAY,
    needed_by="Anna",
)


@pytest.fixture
def bodies(municipality: Municipality) -> Bodies:
    return build_bodies(municipality)


@pytest.fixture
def kerstin_secretary(municipality: Municipality) -> Member:
    """Secretary of the executive board alone."""
    return join("Kerstin Ek", municipality, "committee_secretary", "10")


@pytest.fixture
def decision(bodies: Bodies, kerstin_secretary: Member) -> Decision:
    return register_decision(paragraph=DECIDED, by=kerstin_secretary.viewer, at=AT)


@pytest.fixture
def quiet(bodies: Bodies, kerstin_secretary: Member) -> Decision:
    """A decision that gives nobody anything to do: it reaches the executive board's own unit alone."""
    return register_decision(
        paragraph=in_other("Kommunstyrelsen", "7", assignments=()), by=kerstin_secretary.viewer, at=AT
    )


def mark_sensitive(decision: Decision, by: Member) -> None:
    actions.set_level(
        thing=decision, level=Level.SENSITIVE, ground="OSL 18 kap. 8 §", reason="Bevakning", by=by.viewer, at=AT
    )


def accuse(decision: Decision, person: Person, by: Member) -> None:
    actions.record_subject(
        thing=decision, person_id=person.pk, capacity=Capacity.ACCUSED, ground="Anmälan", by=by.viewer, at=AT
    )


def test_what_is_sensitive_is_closed_to_every_overview(
    quiet: Decision, kerstin_secretary: Member, anna_head_of_security: Member, david_chief_executive: Member
) -> None:
    assert is_seen(quiet, anna_head_of_security.viewer)
    mark_sensitive(quiet, kerstin_secretary)
    assert not is_seen(quiet, anna_head_of_security.viewer_at(LATER))
    assert not is_seen(quiet, david_chief_executive.viewer_at(LATER))
    assert is_seen(quiet, kerstin_secretary.viewer_at(LATER))
    assert not find("Säkerhetsarbetet", viewer=anna_head_of_security.viewer_at(LATER))


def test_nobody_closes_a_record_to_themselves(quiet: Decision, eva_secretary: Member) -> None:
    with pytest.raises(Refused, match="closes_to_yourself"):
        mark_sensitive(quiet, eva_secretary)
    assert is_seen(quiet, eva_secretary.viewer_at(LATER))


def test_lowering_is_a_deed_of_its_own_with_its_reason(
    decision: Decision, kerstin_secretary: Member, anna_head_of_security: Member
) -> None:
    mark_sensitive(decision, kerstin_secretary)
    by, at = kerstin_secretary.viewer_at(LATER), LATER
    with pytest.raises(Refused, match="lowering_is_its_own"):
        actions.set_level(thing=decision, level=Level.OPEN, ground="", reason="Klart", by=by, at=at)
    lower = getattr(actions.lower_level, "unguarded", actions.lower_level)
    with pytest.raises(Refused, match="reason_missing"):
        lower(thing=decision, level=Level.INTERNAL, reason=" ", by=by, at=at)
    lower(thing=decision, level=Level.INTERNAL, reason="Genomfört", by=by, at=at)
    assert is_seen(decision, anna_head_of_security.viewer_at(LATER))


def test_whoever_may_not_lower_is_forbidden(decision: Decision, bo_coordinator: Member) -> None:
    lower = getattr(actions.lower_level, "unguarded", actions.lower_level)
    with pytest.raises(PermissionDenied):
        lower(thing=decision, level=Level.OPEN, reason="Ja", by=bo_coordinator.viewer, at=AT)


def test_a_compartment_is_its_members_alone(
    quiet: Decision, kerstin_secretary: Member, anna_head_of_security: Member
) -> None:
    room = actions.create_compartment(
        name="Rum 1",
        kind=CompartmentKind.IRREGULARITY,
        purpose="Utredning",
        responsible=kerstin_secretary.account,
        grounds=GROUNDS,
        by=anna_head_of_security.viewer,
        at=AT,
    )
    actions.place_in_compartment(thing=quiet, compartment=room, reason="x", by=kerstin_secretary.viewer, at=AT)
    actions.set_level(
        thing=quiet, level=Level.SEALED, ground="OSL", reason="x", by=kerstin_secretary.viewer_at(LATER), at=LATER
    )
    soon = LATER + timedelta(seconds=1)
    assert is_seen(quiet, kerstin_secretary.viewer_at(soon))
    assert not is_seen(quiet, anna_head_of_security.viewer_at(soon))
    with pytest.raises(PermissionDenied):
        _grant(room, anna_head_of_security, by=anna_head_of_security)
    _grant(room, anna_head_of_security, by=kerstin_secretary)
    assert not is_seen(quiet, anna_head_of_security.viewer_at(soon)), "a member, but by an overview alone"


def test_a_membership_ends_once_and_somebody_always_answers_for_the_compartment(
    kerstin_secretary: Member, anna_head_of_security: Member
) -> None:
    by = anna_head_of_security.viewer
    given = {"name": "Rum 1", "kind": CompartmentKind.IRREGULARITY, "purpose": "Utredning", "grounds": GROUNDS}
    room = actions.create_compartment(**given, responsible=kerstin_secretary.account, by=by, at=AT)
    member = _grant(room, anna_head_of_security, by=kerstin_secretary)
    later = kerstin_secretary.viewer_at(LATER)
    with pytest.raises(Refused, match="last_responsible"):
        actions.end_membership(membership=room.memberships.first(), reason="x", by=later, at=LATER)
    actions.end_membership(membership=member, reason="Klar", by=later, at=LATER)
    with pytest.raises(Refused, match="member_no_more"):
        actions.end_membership(membership=member, reason="Igen", by=later, at=LATER)
    member.refresh_from_db()
    assert member.ended_because == "Klar"


def test_people_are_suggested_to_whoever_may_read_of_them_and_a_suggestion_is_understood(
    client: Client,
    quiet: Decision,
    kerstin_secretary: Member,
    anna_head_of_security: Member,
    frida_administrator: Member,
) -> None:
    client.force_login(anna_head_of_security.account)
    page = client.get(f"/secrecy/decisions/decision/{quiet.pk}/share/").text
    assert [page.count(f'hx-get="/organisation/{kind}/suggest/"') for kind in ("people", "units")] == [1, 1]
    suggested = client.get("/organisation/people/suggest/", {"person_id": "Kers"}).text
    named = unescape(re.findall('value="([^"]+)"', suggested)[0])
    form = SubjectForm({"person_id": named}, viewer=anna_head_of_security.viewer_at(timezone.now()))
    form.is_valid()
    assert form.cleaned_data["person_id"] == kerstin_secretary.person.pk
    assert 'hx-get="' not in str(SubjectForm(viewer=frida_administrator.viewer)["person_id"])


def test_the_last_day_that_is_written_is_the_members_last(
    client: Client, kerstin_secretary: Member, anna_head_of_security: Member
) -> None:
    by, now = anna_head_of_security.viewer_at(timezone.now()), timezone.now()
    given = {"name": "Rum 1", "kind": CompartmentKind.IRREGULARITY, "purpose": "Utredning", "grounds": GROUNDS}
    room = actions.create_compartment(**given, responsible=anna_head_of_security.account, by=by, at=now)
    last = by.day + timedelta(days=3)
    grounds = {f"{each}_date": DAY for each in KNOWN} | {f"{each}_by": "Anna" for each in KNOWN}
    told = {"account": kerstin_secretary.person.name, "role": "access:membership_role.read", "until_date": last}
    client.force_login(anna_head_of_security.account)
    assert client.post(f"/compartments/{room.reference}/grant/", told | grounds).status_code == 302
    member = room.memberships.get(account=kerstin_secretary.account)
    assert member.last_date == last
    assert f'<span class="nowrap">{last}</span>' in client.get(f"/compartments/{room.reference}/").text


def _grant(room: object, member: Member, *, by: Member) -> object:
    grant = getattr(actions.grant_membership, "unguarded", actions.grant_membership)
    return grant(
        compartment=room,
        account=member.account,
        role=MembershipRole.READ,
        grounds=GROUNDS,
        by=by.viewer_at(LATER),
        at=LATER,
    )


def test_the_named_and_their_line_lose_the_case_and_learn_nothing(
    decision: Decision,
    kerstin_secretary: Member,
    david_chief_executive: Member,
    anna_head_of_security: Member,
    bo_coordinator: Member,
) -> None:
    told = notify(
        [david_chief_executive.account.pk],
        kind="decisions:notice.dispatched",
        url="/",
        at=AT,
        about=decision,
        values={"reference": "B"},
    )
    assert told == 1
    accuse(decision, bo_coordinator.person, kerstin_secretary)
    assert not is_seen(decision, david_chief_executive.viewer_at(LATER))
    assert is_seen(decision, anna_head_of_security.viewer_at(LATER))
    again = notify(
        [david_chief_executive.account.pk],
        kind="decisions:notice.dispatched",
        url="/",
        at=LATER,
        about=decision,
        values={"reference": "B"},
    )
    assert again == 0
    assert Notice.objects.count() == 1
    verbs = {entry.verb for entry in history_of(decision, viewer=anna_head_of_security.viewer_at(LATER))}
    assert not any("subject" in verb for verb in verbs)


def test_nobody_named_is_given_an_assignment_of_the_case(
    decision: Decision,
    kerstin_secretary: Member,
    david_chief_executive: Member,
    bo_coordinator: Member,
    municipality: Municipality,
) -> None:
    gun = join("Gun Granath", municipality, "head_of_department", "21")
    assignment = Assignment.objects.filter(decision=decision).first()
    accuse(decision, gun.person, kerstin_secretary)
    with pytest.raises(PermissionDenied):
        delegate_assignment(
            assignment=assignment,
            delegated_to=bo_coordinator.person,
            by=david_chief_executive.viewer_at(LATER),
            at=LATER,
        )
    anna = join("Annika Nord", municipality, "head_of_security", "1")
    with pytest.raises((Refused, PermissionDenied)):
        delegate_assignment(assignment=assignment, delegated_to=gun.person, by=anna.viewer_at(LATER), at=LATER)


def test_nobody_records_what_keeps_themselves_out(decision: Decision, kerstin_secretary: Member) -> None:
    with pytest.raises(Refused, match="concerns_yourself"):
        accuse(decision, kerstin_secretary.person, kerstin_secretary)


def test_a_share_opens_reading_until_it_is_taken_back(
    decision: Decision, kerstin_secretary: Member, bo_coordinator: Member, municipality: Municipality
) -> None:
    assert not is_seen(decision, bo_coordinator.viewer)
    share = actions.share_record(
        thing=decision,
        unit_id=municipality.units["21"].pk,
        last_date=AT.date() + timedelta(days=10),
        ground="Behövs",
        by=kerstin_secretary.viewer,
        at=AT,
    )
    assert is_seen(decision, bo_coordinator.viewer_at(LATER))
    assert tell_of_ending_shares(by=system_viewer(at=LATER, job="t"), at=LATER) == 1
    assert tell_of_ending_shares(by=system_viewer(at=LATER, job="t"), at=LATER) == 0
    actions.take_back_share(share=share, by=kerstin_secretary.viewer_at(LATER), at=LATER)
    assert not is_seen(decision, bo_coordinator.viewer_at(LATER))


def test_a_share_ends_by_the_local_rule(decision: Decision, kerstin_secretary: Member, bo_coordinator: Member) -> None:
    with pytest.raises(Refused, match="share_too_long"):
        actions.share_record(
            thing=decision,
            person_id=bo_coordinator.person.pk,
            last_date=AT.date() + timedelta(days=181),
            ground="x",
            by=kerstin_secretary.viewer,
            at=AT,
        )


def test_the_history_names_nobody_whose_identity_came_to_be_protected(
    decision: Decision,
    kerstin_secretary: Member,
    bo_coordinator: Member,
    municipality: Municipality,
) -> None:
    namesake = join("Bodil Berg", municipality, "security_representative", "21").person
    namesake.name, namesake.sort_name = bo_coordinator.person.name, bo_coordinator.person.sort_name
    namesake.save()
    days, shared = timedelta(days=3), {"thing": decision, "ground": "Behövs", "by": kerstin_secretary.viewer, "at": AT}
    for share in ({"person_id": bo_coordinator.person.pk}, {"unit_id": municipality.units["20"].pk}):
        actions.share_record(last_date=AT.date() + days, **shared, **share)

    def named(member: Member) -> list[bool]:
        history = str(told(decision, viewer=member.viewer_at(LATER)))
        return [name in history for name in (bo_coordinator.person.name, municipality.units["20"].name)]

    assert named(kerstin_secretary) == [True, True]
    kind = ContentType.objects.get_for_model(Person)
    Marking.objects.create(content_type=kind, object_id=namesake.pk, level=Level.SENSITIVE, from_at=AT)
    assert named(kerstin_secretary) == [False, True], "whoever bears the name"
    assert named(bo_coordinator) == [True, True]


def test_a_share_opens_nothing_sensitive_to_an_overview(
    decision: Decision, kerstin_secretary: Member, anna_head_of_security: Member
) -> None:
    actions.share_record(
        thing=decision,
        person_id=anna_head_of_security.person.pk,
        last_date=AT.date() + timedelta(days=3),
        ground="Behövs",
        by=kerstin_secretary.viewer,
        at=AT,
    )
    mark_sensitive(decision, kerstin_secretary)
    assert is_seen(decision, anna_head_of_security.viewer_at(LATER)), (
        "the share stands in for the scope, her level holds"
    )

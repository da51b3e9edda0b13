"""What a group of the directory gives: said, taken back, and followed when somebody comes into it or leaves it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from varn.areas.organisation.actions.appointments import accept_appointment, propose_appointment
from varn.areas.organisation.actions.ending import announce_ending
from varn.areas.organisation.lifecycle import AppointmentState
from varn.areas.organisation.models import Appointment, Function, GroupAppointment, GroupMapping, Person, Unit
from varn.areas.organisation.models.placements import bound
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import Turn, fault_of_mapping, fault_of_member, gives_much, turn_of
from varn.areas.organisation.rules.appointing import FULL_TIME
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.audit.trail import Changes, action, change, record
from varn.mechanisms.directory.asking import require_directory
from varn.mechanisms.directory.models import DirectoryGroup
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.protecting import protected
from varn.mechanisms.references.numbers import next_reference

SERIES = "KOPP"
# Verbs of the trail for what follows by itself.
APPOINT = "organisation:appointment:appoint_by_group"
RELEASE = "organisation:appointment:release_by_group"
FOLLOW = "organisation:group_mapping:follow"
LONGEST = 200


def _hands_over_much(*, function: Function, unit: Unit, by: Viewer, **_others: Any) -> bool:
    """Whether whoever keeps the directory from then on chooses who approves, or who opens what is sensitive."""
    return gives_much(function, unit, by=by)


@protected("organisation:group_mapping:give_much", when=_hands_over_much)
@action
def create_group_mapping(
    *,
    group: DirectoryGroup,
    function: Function,
    unit: Unit,
    decided_by: str,
    ground: str,
    case_number: str = "",
    share: Decimal = FULL_TIME,
    by: Viewer,
    at: datetime,
) -> GroupMapping:
    """Whoever is in the group is appointed to the function in the unit, from now on and as long as they are in it.

    Nobody says more than they could give by an appointment, and nobody gets anything by what they have said themselves.
    """
    mapping = GroupMapping(
        group=group,
        function=function,
        unit=unit,
        share=share,
        decided_by=decided_by,
        ground=ground,
        case_number=case_number,
        made_by_id=by.person_id,
        made_at=at,
    )
    require(Permission.CREATE_GROUP_MAPPING, by=by)
    _refuse_mapping(mapping, by=by)
    mapping.reference = next_reference(SERIES, at=at)
    mapping.save()
    record(Permission.CREATE_GROUP_MAPPING, mapping, by=by, at=at, changes=_said(mapping))
    _follow(turn_of(mapping=mapping), by=_by_itself(at), at=at)
    return mapping


@action
def end_group_mapping(*, group_mapping: GroupMapping, reason: str, by: Viewer, at: datetime) -> GroupMapping:
    """The group gives this no longer, and what it gave has ended."""
    require(Permission.END_GROUP_MAPPING, by=by, on=group_mapping)
    held = GroupMapping.objects.select_for_update(of=("self",)).get(pk=group_mapping.pk)
    if held.ended_at is not None:
        raise Refused(Refusal("organisation:refusal.group_gives_no_longer"))
    change(group_mapping, ended_at=at)
    changes = {"ended_at": (None, at.isoformat())}
    record(Permission.END_GROUP_MAPPING, group_mapping, by=by, at=at, changes=changes, reason=reason)
    _follow(turn_of(mapping=group_mapping), by=_by_itself(at), at=at)
    return group_mapping


@action
def follow_turn(*, turn: Turn, by: Viewer, at: datetime) -> Turn:
    """What is to begin because of a group has begun, and what is to end has ended. One refused stops no other."""
    require_directory(FOLLOW, by=by)
    _follow(turn, by=by, at=at)
    return turn


@action
def appoint_by_group(*, group_mapping: GroupMapping, person: Person, by: Viewer, at: datetime) -> GroupAppointment:
    """The person has what the group gives, as an appointment of its own, on the ground that they are in the group."""
    require_directory(APPOINT, by=by)
    person = Person.objects.select_related("account").get(pk=person.pk)
    fault = fault_of_member(group_mapping, person)
    if fault is not None:
        raise Refused(fault)
    words = _ground(group_mapping)
    appointment = propose_appointment(
        function=group_mapping.function,
        units=[group_mapping.unit],
        person=person,
        from_date=by.day,
        share=group_mapping.share,
        appointed_by=words,
        is_confirmed=True,
        by=by,
        at=at,
    )
    accept_appointment(appointment=appointment, by=by, at=at)
    record(APPOINT, appointment, by=by, at=at, reason=words)
    return GroupAppointment.objects.create(mapping=group_mapping, appointment=appointment, person=person, joined_at=at)


@action
def release_by_group(*, given: GroupAppointment, by: Viewer, at: datetime) -> GroupAppointment:
    """The person is not in the group any longer: what it gave has ended, in the same second.

    One that began today is taken back. One that somebody has ended by hand already is as they left it.
    """
    require_directory(RELEASE, by=by)
    appointment = Appointment.objects.get(pk=given.appointment_id)
    words = _ground(given.mapping)
    if appointment.state in (AppointmentState.ACTIVE, AppointmentState.ENDING):
        if appointment.from_date == by.day:
            make(appointment, "retract", by=by, at=at, reason=words)
        else:
            _end_today(appointment, words, by=by, at=at)
    change(given, left_at=at)
    record(RELEASE, appointment, by=by, at=at, reason=words)
    return given


def _refuse_mapping(mapping: GroupMapping, *, by: Viewer) -> None:
    fault = fault_of_mapping(mapping, by=by, permission=Permission.CREATE_GROUP_MAPPING)
    same = GroupMapping.objects.standing().filter(group=mapping.group, function=mapping.function, unit=mapping.unit)
    if fault is None and same.exists():
        fault = Refusal("organisation:refusal.group_gives_already")
    if fault is not None:
        raise Refused(fault)


def _said(mapping: GroupMapping) -> Changes:
    """What the trail says of a new one."""
    return {
        "directory_group": (None, mapping.group.name),
        "function": (None, str(mapping.function)),
        "unit": (None, str(mapping.unit)),
        "decided_by": (None, mapping.decided_by),
        "ground": (None, mapping.ground),
        "case_number": (None, mapping.case_number),
    }


def _follow(turn: Turn, *, by: Viewer, at: datetime) -> None:
    for given in turn.ends:
        release_by_group(given=given, by=by, at=at)
    for group_mapping, person in turn.begins:
        try:
            appoint_by_group(group_mapping=group_mapping, person=person, by=by, at=at)
        except Refused as error:
            record(FOLLOW, group_mapping, by=by, at=at, reason=GLOSSARY.word(error.refusal.key, "sv"))


def _by_itself(at: datetime) -> Viewer:
    """What follows from what somebody said of a group is done by the system, and the trail says so."""
    return system_viewer(at=at, job=FOLLOW)


def _ground(group_mapping: GroupMapping) -> str:
    """Who appointed, as it stands on the appointment: the group of the directory, and what was said of it."""
    group, mapping = (GLOSSARY.word(key, "sv") for key in ("directory:directory_group", "organisation:group_mapping"))
    tail = f", {mapping} {group_mapping.reference}"
    return f"{capfirst(group)} {group_mapping.group.name}"[: LONGEST - len(tail)] + tail


def _end_today(appointment: Appointment, words: str, *, by: Viewer, at: datetime) -> None:
    """An end that was announced for later comes today; it is not the moving of a day that somebody waits for."""
    if appointment.state == AppointmentState.ENDING:
        bound(appointment, until_date=by.day)
        changes = change(appointment, until_date=by.day)
        record(Permission.CHANGE_APPOINTMENT, appointment, by=by, at=at, changes=changes, reason=words)
        make(appointment, "end", by=by, at=at, reason=words)
    else:
        announce_ending(appointment=appointment, until_date=by.day, reason=words, by=by, at=at)

"""Following an assignment from its clause to its report: the office answers, others may do the work."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files import File
from django.db import models

from varn.areas.decisions.lifecycle import AssignmentState
from varn.areas.decisions.models import Assignment, Body, Meeting, ProgressNote, Reach, ReportBack
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import is_sent_to_who_answers, require_open, require_reason
from varn.areas.decisions.rules import Ground
from varn.areas.organisation.queries import holders_named, unit_opened_to
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments.actions import attach
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.moves.making import Refused, make
from varn.mechanisms.search.indexing import index
from varn.mechanisms.secrecy.conflicts import refuse_in_conflict

# What an appointment has to open for somebody to do an assignment or support it.
WORKS = (Permission.READ_DECISIONS, Permission.READ_ASSIGNMENTS, Permission.REPORT_PROGRESS)


@action
def match_assignment(
    *,
    assignment: Assignment,
    by: Viewer,
    at: datetime,
    office: models.Model | None = None,
    unit: models.Model | None = None,
) -> Assignment:
    """The words for the assignee mean this office or this unit: it answers, and sees the decision.

    Where another one was meant before, its unit no longer sees the decision for this assignment's sake. Where it has
    been sent the decision already, the assignment is dispatched.
    """
    require(Permission.MATCH, by=by, on=assignment)
    refuse_in_conflict(assignment, holders_named([office], by.day), by=by, at=at)
    record(Permission.MATCH, assignment, by=by, at=at, changes=change(assignment, office=office, unit=unit))
    if assignment.state == AssignmentState.DECIDED and is_sent_to_who_answers(assignment, viewer=by):
        make(assignment, "dispatch", by=by, at=at)
    Reach.objects.hold(assignment.decision, assignment.answering_unit, Ground.ASSIGNEE, at=at, assignment=assignment)
    index(assignment)
    return assignment


@action
def delegate_assignment(
    *, assignment: Assignment, delegated_to: models.Model, by: Viewer, at: datetime, reason: str = ""
) -> Assignment:
    """The person does the work; the office still answers for it.

    The person's unit sees the decision, and that of whoever did it before no longer does for this assignment's sake.
    Refused for somebody without an appointment in which they may do such work: they would not see it.
    """
    require(Permission.DELEGATE, by=by, on=assignment)
    require_open(assignment)
    refuse_in_conflict(assignment, [delegated_to.pk], by=by, at=at)
    unit = _unit_of_work(delegated_to, by)
    changes = change(assignment, delegated_to=delegated_to)
    record(Permission.DELEGATE, assignment, by=by, at=at, changes=changes, reason=reason)
    Reach.objects.hold(assignment.decision, unit, Ground.DELEGATE, at=at, assignment=assignment)
    return assignment


@action
def take_back_assignment(*, assignment: Assignment, reason: str, by: Viewer, at: datetime) -> Assignment:
    """Nobody does the work by delegation any more: the office that answers for the assignment does it itself."""
    require(Permission.TAKE_BACK, by=by, on=assignment)
    require_open(assignment)
    if assignment.delegated_to is None:
        raise Refused(Refusal("decisions:refusal.not_delegated"))
    require_reason(reason)
    changes = change(assignment, delegated_to=None)
    record(Permission.TAKE_BACK, assignment, by=by, at=at, changes=changes, reason=reason)
    Reach.objects.hold(assignment.decision, None, Ground.DELEGATE, at=at, assignment=assignment)
    return assignment


@action
def support_assignment(*, assignment: Assignment, support: models.Model | None, by: Viewer, at: datetime) -> Assignment:
    """The person supports the one who answers for the assignment, and never takes over; with `None`, nobody does.

    The person's unit sees the decision, as with a delegation.
    """
    require(Permission.SUPPORT, by=by, on=assignment)
    require_open(assignment)
    refuse_in_conflict(assignment, [support.pk if support else None], by=by, at=at)
    unit = _unit_of_work(support, by) if support is not None else None
    record(Permission.SUPPORT, assignment, by=by, at=at, changes=change(assignment, support=support))
    Reach.objects.hold(assignment.decision, unit, Ground.SUPPORT, at=at, assignment=assignment)
    return assignment


@action
def note_progress(
    *,
    assignment: Assignment,
    text: str,
    by: Viewer,
    at: datetime,
    files: Sequence[File] = (),
    corrects: ProgressNote | None = None,
) -> ProgressNote:
    """What has been done by now stands with the assignment, with its evidence.

    A correction stands beside the note it corrects.
    """
    require(Permission.REPORT_PROGRESS, by=by, on=assignment)
    require_open(assignment)
    note = _note(assignment, text, files, by=by, at=at, corrects=corrects)
    record(Permission.REPORT_PROGRESS, assignment, by=by, at=at, changes={"note": (None, text)})
    return note


@action
def report_part(
    *, assignment: Assignment, text: str, by: Viewer, at: datetime, files: Sequence[File] = ()
) -> ProgressNote:
    """A part report for the body stands among the notes, and the assignment is partly reported."""
    make(assignment, "report_part", by=by, at=at)
    return _note(assignment, text, files, by=by, at=at, is_part_report=True)


@action
def propose_report(
    *, assignment: Assignment, text: str, by: Viewer, at: datetime, files: Sequence[File] = ()
) -> ProgressNote:
    """The one who did the work says that it is done and ready to be reported. Only the body closes it."""
    make(assignment, "propose_report", by=by, at=at)
    return _note(assignment, text, files, by=by, at=at)


@action
def report_back(
    *,
    assignment: Assignment,
    body: Body,
    meeting_date: date,
    text: str,
    by: Viewer,
    at: datetime,
    case_number: str = "",
) -> ReportBack:
    """The assignment is reported to a meeting of the body that gave it, or of one above, under its case number."""
    if body.may_close(assignment.giver) is not None:
        raise Refused(Refusal("decisions:refusal.reported_to_its_own_body", body=assignment.giver.name))
    if meeting_date < assignment.from_date:
        raise Refused(Refusal("decisions:refusal.too_early", day=assignment.from_date))
    make(assignment, "report_back", by=by, at=at)
    Meeting.objects.get_or_create(body=body, date=meeting_date)
    return ReportBack.objects.create(
        assignment=assignment,
        body=body,
        meeting_date=meeting_date,
        case_number=case_number,
        text=text,
        made_at=at,
        author=by.name,
    )


def _note(
    assignment: Assignment,
    text: str,
    files: Sequence[File],
    *,
    by: Viewer,
    at: datetime,
    is_part_report: bool = False,
    corrects: ProgressNote | None = None,
) -> ProgressNote:
    note = ProgressNote.objects.create(
        assignment=assignment, text=text, is_part_report=is_part_report, made_at=at, author=by.name, corrects=corrects
    )
    for file in files:
        attach(thing=note, file=file, by=by, at=at)
    return note


def _unit_of_work(person: models.Model, by: Viewer) -> int:
    """The unit in which the person does such work, and so sees the decision."""
    unit = unit_opened_to(person, by.day, permissions=WORKS)
    if unit is None:
        raise Refused(Refusal("decisions:refusal.has_no_appointment_for_it", name=person))
    return unit

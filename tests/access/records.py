"""One of each record in a department, made by the areas' own actions, with the same words in every text."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile

from tests.people import START, Municipality
from varn.areas.decisions import actions as decided
from varn.areas.decisions.models import Assignment, Body, Decision, Dispatch, Proposal, Reading
from varn.areas.decisions.queries import To, understand
from varn.areas.decisions.rules import (
    ClauseKind,
    ConfirmedAssignment,
    ConfirmedClause,
    ConfirmedClosing,
    ConfirmedDeadline,
    ConfirmedDecision,
    ConfirmedMotion,
    ConfirmedPassage,
    ConfirmedRecipient,
    ConfirmedSignature,
    ConfirmedVote,
    DeadlineKind,
    Purpose,
)
from varn.areas.organisation import actions as organised
from varn.areas.organisation.models import Absence, Appointment, Office, Person, StandIn, Unit
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.attachments.models import Attachment
from varn.mechanisms.imports.actions import check_file
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.planning import try_out
from varn.mechanisms.moves.making import make

DAY = date(2022, 2, 1)


@dataclass(frozen=True, kw_only=True)
class Department:
    """A department with its committee above and a unit below, and how the records in it are worded."""

    committee: Body
    unit: Unit
    below: Unit
    words: str

    @property
    def key(self) -> str:
        """The words as an address or an identity may hold them."""
        return self.words.replace(" ", "-")


@dataclass(frozen=True, kw_only=True)
class Records:
    """One of each record of the department."""

    department: Department
    person: Person
    appointment: Appointment
    proposal: Appointment
    stand_in: StandIn
    absence: Absence
    reading: Reading
    decision: Decision
    closing_decision: Decision
    assignment: Assignment
    dispatch: Dispatch
    by_hand: Dispatch
    attachment: Attachment
    run: Run


def office_of(municipality: Municipality, department: Unit, name: str) -> Office:
    """The public office that answers for the department's assignments."""
    return Office.objects.create(name=name, unit=department, function=municipality.functions["head_of_department"])


def fill(department: Department, municipality: Municipality, office: Office, *, secretary: Viewer) -> Records:
    """The department has one of each record; `secretary` brings the minutes."""
    by, at = system_viewer(at=secretary.at, job="records"), secretary.at
    person, appointment, proposal = _appointed(department, municipality, by=by, at=at)
    stand_in, absence = _stood_in_for(appointment, proposal.person, by=by, at=at)
    reading = _read(department, by=secretary, at=at)
    _read_without_body(department, by=secretary, at=at)
    decision = decided.register_decision(paragraph=confirmed(department, office), reading=reading, by=by, at=at)
    closing_decision = decided.register_decision(paragraph=_closing(department), by=by, at=at)
    decided.dismiss_closing(closing=closing_decision.closings.last(), reason=department.words, by=by, at=at)
    assignment = decision.assignments.get()
    _proposed(assignment, department, taken_up_by=closing_decision, at=at)
    _work(assignment, department, person, by=by, at=at)
    _report(closing_decision.assignments.get(), department, by=by, at=at)
    dispatch, by_hand = _send(decision, department, by=by, at=at)
    return Records(
        department=department,
        person=person,
        appointment=appointment,
        proposal=proposal,
        stand_in=stand_in,
        absence=absence,
        reading=reading,
        decision=decision,
        closing_decision=closing_decision,
        assignment=assignment,
        dispatch=dispatch,
        by_hand=by_hand,
        attachment=Attachment.objects.latest("pk"),
        run=_tried(department, by=by, at=at),
    )


def confirmed(department: Department, office: Office) -> ConfirmedDecision:
    """A decision of the committee whose every part holds the department's words."""
    words = department.words
    passage = (ConfirmedPassage(text=words),)
    text = f"§ 7 {words}\n{words} beslutar om {words}.\nSenast när {words}."
    deadline = ConfirmedDeadline(words=f"Senast när {words}", kind=DeadlineKind.DAY, first=DAY, last=DAY)
    return ConfirmedDecision(
        body=department.committee.name,
        date=DAY,
        paragraph="7",
        title=words,
        case_number=words,
        text=text,
        clauses=(ConfirmedClause(number="1", text=f"{words} beslutar om {words}.", kind=ClauseKind.ASSIGNS),),
        assignments=(
            ConfirmedAssignment(clause=1, assignee=office.name, text=words, deadline=deadline, report_form=words),
        ),
        motions=(ConfirmedMotion(by=(words,), text=words),),
        votes=(ConfirmedVote(question=words, yes=1, no=0, abstained=0),),
        reservations=passage,
        basis=passage,
        related=passage,
        mentions=passage,
        recipients=(ConfirmedRecipient(text=words, purpose=Purpose.INFORMATION),),
        signatures=(ConfirmedSignature(role=words, name=words),),
    )


def _closing(department: Department) -> ConfirmedDecision:
    """A decision that twice declares done what nobody has registered, and gives something more to do."""
    words = department.words
    return ConfirmedDecision(
        body=department.committee.name,
        date=DAY,
        paragraph="8",
        title=words,
        case_number=words,
        text=words,
        clauses=(ConfirmedClause(text=words, kind=ClauseKind.CLOSES),),
        assignments=(ConfirmedAssignment(clause=1, assignee=words, text=words),),
        closings=tuple(
            ConfirmedClosing(body=words, date=DAY, paragraph=number, point=words[:20], only=words, outcome=words)
            for number in ("99", "98")
        ),
    )


def _proposed(assignment: Assignment, department: Department, *, taken_up_by: Decision, at: datetime) -> None:
    """What is kept of the words in which the assignment was first proposed."""
    words = department.words
    Proposal.objects.create(
        assignment=assignment,
        clause=assignment.clause,
        assignee=words,
        text=words,
        report_form=words,
        taken_up_by=taken_up_by,
        made_at=at,
    )


def _stood_in_for(appointment: Appointment, deputy: Person, *, by: Viewer, at: datetime) -> tuple[StandIn, Absence]:
    """The holder is away from tomorrow, and somebody stands in from then on."""
    period = {"from_date": by.day + timedelta(days=1), "until_date": by.day + timedelta(days=8)}
    absence = organised.register_absence(person=appointment.person, kind="other", **period, by=by, at=at)
    stand_in = organised.appoint_stand_in(appointment=appointment, deputy=deputy, **period, by=by, at=at)
    return stand_in, absence


def _appointed(
    department: Department, municipality: Municipality, *, by: Viewer, at: datetime
) -> tuple[Person, Appointment, Appointment]:
    words, key = department.words, department.key
    values = {"title": words, "phone": words, "unit": department.below, "from_date": START, "by": by, "at": at}
    person, other = (
        organised.create_person(
            employee_id=f"{number}-{key}", name=f"{words} {number}", email=f"{number}.{key}@ekby.example", **values
        )
        for number in (1, 2)
    )
    given = {"units": [department.below], "from_date": START, "appointed_by": words, "agreement": words}
    function = municipality.functions["security_coordinator"]
    employer = municipality.units["40"]
    first, second = (
        organised.propose_appointment(person=one, function=function, employer=employer, by=by, at=at, **given)
        for one in (person, other)
    )
    organised.accept_appointment(appointment=first, reason=words, by=by, at=at)
    organised.add_handover_item(appointment=first, text=words, by=by, at=at)
    return person, first, second


def _read(department: Department, *, by: Viewer, at: datetime) -> Reading:
    words = department.words
    minutes = f"{department.committee.name}\n2022-02-01\n\n§ 7 {words}\n\nBeslut\n\n1. {words} godkänns.\n"
    understood = understand(name=f"{department.key}.txt", content=minutes.encode(), viewer=by)
    return decided.read_minutes(minutes=understood, by=by, at=at)


def _read_without_body(department: Department, *, by: Viewer, at: datetime) -> None:
    """Minutes that name no body are called by their file."""
    minutes = f"§ 9 {department.words}\n\nBeslut\n\n1. {department.words} godkänns.\n"
    understood = understand(name=f"{department.words}.txt", content=minutes.encode(), viewer=by)
    decided.read_minutes(minutes=understood, body=department.committee, by=by, at=at)


def _work(assignment: Assignment, department: Department, person: Person, *, by: Viewer, at: datetime) -> None:
    words = department.words
    decided.delegate_assignment(assignment=assignment, delegated_to=person, by=by, at=at, reason=words)
    evidence = ContentFile(words.encode(), name=f"{department.key}.txt")
    decided.note_progress(assignment=assignment, text=words, files=[evidence], by=by, at=at)


def _report(assignment: Assignment, department: Department, *, by: Viewer, at: datetime) -> None:
    words = department.words
    make(assignment, "start", by=by, at=at)
    decided.propose_report(assignment=assignment, text=words, by=by, at=at)
    decided.report_back(
        assignment=assignment,
        body=department.committee,
        meeting_date=DAY,
        case_number=words,
        text=words,
        by=by,
        at=at,
    )


def _send(decision: Decision, department: Department, *, by: Viewer, at: datetime) -> tuple[Dispatch, Dispatch]:
    recipient = decision.recipients.get()
    unit, key = department.unit, department.key
    to = (
        To(recipient=recipient, name=unit.name, unit_id=unit.pk, email=f"{key}@ekby.example"),
        To(recipient=recipient, name=department.words, email=f"hand.{key}@ekby.example"),
    )
    first, second = decided.dispatch_decision(decision=decision, to=to, by=by, at=at)
    decided.acknowledge_dispatch(dispatch=second, answer=department.words, by=by, at=at)
    return first, second


def _tried(department: Department, *, by: Viewer, at: datetime) -> Run:
    rows = f"Anställningsnummer;Namn;Enhet (kod)\n3-{department.key};{department.words};{department.below.code}\n"
    tried = try_out(kind="people", name=f"{department.key}.csv", content=rows.encode(), viewer=by, at=at)
    return check_file(tried=tried, by=by, at=at)

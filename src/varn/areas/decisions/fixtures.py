"""What the leak test plants of decisions in a department, and what stands in the addresses of their pages."""

from collections.abc import Iterator
from datetime import date

from django.core.files.base import ContentFile

from varn.areas.decisions import actions
from varn.areas.decisions.models import Assignment, Decision, Dispatch, Meeting, Proposal, Reading
from varn.areas.decisions.permissions import Permission
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
from varn.kernel.planting import Plot, Thing, Words
from varn.mechanisms.attachments.models import Attachment
from varn.mechanisms.links import url_of
from varn.mechanisms.moves.making import make
from varn.mechanisms.notices.models import Notice
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.notices.permissions import Permission as Notices

_KEY = "a key of the product's own"
_NUMBER = "a number"
_WHO = "the name of the reader who did it"
_SUM = "a fingerprint"
UNPLANTED = {
    "Body": "everybody who works in the organisation knows its bodies",
    "Reading.reference": "a number that the product gives",
    "Reading.sha256": _SUM,
    "Decision.reference": "a number that the product gives",
    "Decision.paragraph": _NUMBER,
    "Decision.sha256": _SUM,
    "Decision.state": _KEY,
    "Decision.law": "which rules gave its days",
    "Reach.ground": _KEY,
    "Clause.number": _NUMBER,
    "Clause.sha256": _SUM,
    "Clause.kind": _KEY,
    "Clause.for_body": "the name of a body",
    "Assignment.reference": "a number that the product gives",
    "Assignment.assignee": "the name of an office; the words themselves stand in Proposal.assignee",
    "Assignment.group": "all units of a kind together",
    "Assignment.state": _KEY,
    "Closing.paragraph": _NUMBER,
    "Recipient.purpose": _KEY,
    "Dispatch.token_hash": _SUM,
    "Dispatch.acknowledged_by": _WHO,
    "Deadline.kind": _KEY,
    "Deadline.interpreted_by": _WHO,
    "ProgressNote.author": _WHO,
    "ReportBack.author": _WHO,
}
DAY = date(2022, 2, 1)
# What is kept apart of the text of a decision, and stands in it word for word.
SAID = (
    "Motion.movers", "Motion.text", "Vote.question", "Reservation.text", "BasisDocument.text", "RelatedCase.number",
    "Mention.text", "Recipient.text", "Signature.role", "Signature.name",
)  # fmt: skip


def plant(plot: Plot) -> Iterator[Thing]:
    """Minutes as they were read, a decision with an assignment that is worked with, and one that declares it done."""
    committee = plot.about["committee"]
    Meeting.objects.get_or_create(body=committee, date=DAY)
    for name in ("body", "meeting"):
        yield Thing(name=f"decisions:{name}", keys={"pk": committee.pk}, record=committee, public=True)
    reading = _read(plot)
    keys = {"reference": reading.reference, "index": 0}
    yield Thing(name="decisions:reading", keys=keys, record=reading, read=Permission.READ_READINGS)
    decision = actions.register_decision(paragraph=_decided(plot), reading=reading, by=plot.by, at=plot.at)
    closing = actions.register_decision(paragraph=_closing(plot), by=plot.by, at=plot.at)
    reason = _words(plot)("Closing.dismissed_because")
    actions.dismiss_closing(closing=closing.closings.last(), reason=reason, by=plot.by, at=plot.at)
    assignment = decision.assignments.get()
    yield from _named(decision, assignment, closing)
    evidence = _work(assignment, plot, taken_up_by=closing)
    yield Thing(
        name="attachments:attachment", keys={"pk": evidence.pk}, record=evidence, read=Permission.READ_ASSIGNMENTS
    )
    _report(closing.assignments.get(), plot)
    dispatch = _send(decision, plot)
    _tell(decision, plot)
    keys = {"pk": dispatch.pk, "secret": "nothing"}
    yield Thing(name="decisions:dispatch", keys=keys, record=dispatch, read=Permission.READ_DECISIONS)


def give(plot: Plot) -> Iterator[Thing]:
    """The account has a notice that is about nothing but itself."""
    values = {"reference": plot.words().key("Notice.values")}
    notify([plot.account.pk], kind="decisions:notice.dispatched", url="/my-day/", at=plot.at, values=values)
    notice = Notice.objects.filter(account=plot.account).latest("pk")
    yield Thing(name="notices:notice", keys={"pk": notice.pk}, record=notice)


def answers(plot: Plot) -> dict[str, str]:
    """How decisions and assignments are written in forms."""
    decision, closing = plot.made("decisions:decision"), plot.made("decisions:closing").decision
    return {
        "decision": closing.reference,
        "follows": closing.reference,
        "repealed_by": closing.reference,
        "assignment": plot.made("decisions:assignment").reference,
        "text": f"§ 44 Prov\n\nBeslut\n\n1. {decision.title} godkänns.",
        "decisions:body-create.short_name": "PN",
        "decisions:body-create.rank": "committee",
        "decisions:body-create.unit": "Kommunledningsförvaltningen (11)",
        "decisions:body-change.unit": "Socialnämnden (20)",
        "decisions:assignment-extend.words": "senast den 1 mars 2030",
        "decisions:assignment-extend.first_date": "2030-03-01",
        "decisions:assignment-extend.last_date": "2030-03-01",
        "decisions:reading-create.file": "",
    }


def _named(decision: Decision, assignment: Assignment, closing: Decision) -> Iterator[Thing]:
    keys = {"reference": decision.reference}
    yield Thing(name="decisions:decision", keys=keys, record=decision, read=Permission.READ_DECISIONS)
    keys = {"reference": assignment.reference}
    yield Thing(name="decisions:assignment", keys=keys, record=assignment, read=Permission.READ_ASSIGNMENTS)
    keys = {"reference": closing.reference}
    yield Thing(name="decisions:closing_decision", keys=keys, record=closing, read=Permission.READ_DECISIONS)
    waiting = closing.closings.waiting().get()
    yield Thing(name="decisions:closing", keys={"pk": waiting.pk}, record=waiting, read=Permission.LINK_CLOSING)


def _words(plot: Plot) -> Words:
    return plot.words(Permission.READ_DECISIONS, Permission.READ_ASSIGNMENTS)


def _decided(plot: Plot) -> ConfirmedDecision:
    """A decision of the committee whose every part holds words of its own."""
    words = _words(plot)
    number, title = plot.about["paragraph"], words("Decision.title")
    clause, when = f"{words('Clause.text')} beslutar.", f"Senast när {words('Deadline.words')}"
    said = {name: words(name) for name in SAID}
    text = "\n".join([f"§ {number} {title}", clause, when, words("Decision.text"), *said.values()])
    deadline = ConfirmedDeadline(words=when, kind=DeadlineKind.DAY, first=DAY, last=DAY)
    order, form = words("Assignment.text"), words("Assignment.report_form")
    return ConfirmedDecision(
        body=plot.about["committee"].name,
        date=DAY,
        paragraph=number,
        title=title,
        case_number=words("Decision.case_number"),
        text=text,
        clauses=(ConfirmedClause(number="1", text=clause, kind=ClauseKind.ASSIGNS),),
        assignments=(
            ConfirmedAssignment(
                clause=1, assignee=plot.about["office"].name, text=order, deadline=deadline, report_form=form
            ),
        ),
        motions=(ConfirmedMotion(by=(said["Motion.movers"],), text=said["Motion.text"]),),
        votes=(ConfirmedVote(question=said["Vote.question"], yes=1, no=0, abstained=0),),
        reservations=(ConfirmedPassage(text=said["Reservation.text"]),),
        basis=(ConfirmedPassage(text=said["BasisDocument.text"]),),
        related=(ConfirmedPassage(text=said["RelatedCase.number"]),),
        mentions=(ConfirmedPassage(text=said["Mention.text"]),),
        recipients=(ConfirmedRecipient(text=said["Recipient.text"], purpose=Purpose.INFORMATION),),
        signatures=(ConfirmedSignature(role=said["Signature.role"], name=said["Signature.name"]),),
    )


def _closing(plot: Plot) -> ConfirmedDecision:
    """A decision that twice declares done what nobody has registered, and gives something more to do."""
    words = _words(plot)
    text = words("Clause.text")
    return ConfirmedDecision(
        body=plot.about["committee"].name,
        date=DAY,
        paragraph=f"8{plot.about['paragraph']}",
        title=words("Decision.title"),
        case_number=words("Decision.case_number"),
        text=text,
        clauses=(ConfirmedClause(text=text, kind=ClauseKind.CLOSES),),
        assignments=(
            ConfirmedAssignment(clause=1, assignee=words("Proposal.assignee"), text=words("Assignment.text")),
        ),
        closings=tuple(
            ConfirmedClosing(
                body=words("Closing.body_name"),
                date=DAY,
                paragraph=number,
                point=words.key("Closing.point"),
                only=words("Closing.only"),
                outcome=words("Closing.outcome"),
            )
            for number in ("99", "98")
        ),
    )


def _read(plot: Plot) -> Reading:
    """Minutes that name their body, and minutes that are called by their file because they name none."""
    words = plot.words(Permission.READ_READINGS, Permission.READ_DECISIONS)
    title, text = words("Reading.paragraphs"), words("Reading.paragraphs")
    paragraph = f"§ {plot.about['paragraph']} {title}\n\nBeslut\n\n1. {text} godkänns.\n"
    minutes = f"{plot.about['committee'].name}\n2022-02-01\n\n{paragraph}"
    name = f"{words.key('Reading.file_name')}.txt"
    understood = understand(name=name, content=minutes.encode(), viewer=plot.by)
    reading = actions.read_minutes(minutes=understood, by=plot.by, at=plot.at)
    if plot.about["is_special"]:
        return reading
    unnamed = understand(name=f"{words('Reading.name')}.txt", content=paragraph.encode(), viewer=plot.by)
    actions.read_minutes(minutes=unnamed, body=plot.about["committee"], by=plot.by, at=plot.at)
    return reading


def _work(assignment: Assignment, plot: Plot, *, taken_up_by: Decision) -> Attachment:
    """What was first proposed, to whom it was delegated and why, and what was done, with a file, which is returned."""
    words = _words(plot)
    Proposal.objects.create(
        assignment=assignment,
        clause=assignment.clause,
        assignee=words("Proposal.assignee"),
        text=words("Proposal.text"),
        report_form=words("Proposal.report_form"),
        taken_up_by=taken_up_by,
        made_at=plot.at,
    )
    if not plot.about["is_special"]:
        delegate, reason = plot.made("organisation:person"), words("Move.reason")
        actions.delegate_assignment(assignment=assignment, delegated_to=delegate, reason=reason, by=plot.by, at=plot.at)
    evidence = ContentFile(words("Attachment content").encode(), name=f"{words.key('Attachment.name')}.txt")
    text = words("ProgressNote.text")
    actions.note_progress(assignment=assignment, text=text, files=[evidence], by=plot.by, at=plot.at)
    return Attachment.objects.latest("pk")


def _report(assignment: Assignment, plot: Plot) -> None:
    words = _words(plot)
    make(assignment, "start", by=plot.by, at=plot.at)
    actions.propose_report(assignment=assignment, text=words("ProgressNote.text"), by=plot.by, at=plot.at)
    actions.report_back(
        assignment=assignment,
        body=plot.about["committee"],
        meeting_date=DAY,
        case_number=words("ReportBack.case_number"),
        text=words("ReportBack.text"),
        by=plot.by,
        at=plot.at,
    )


def _send(decision: Decision, plot: Plot) -> Dispatch:
    """One is sent to the department, and one by hand, to somebody who has answered."""
    words, recipient, unit = _words(plot), decision.recipients.get(), plot.about["unit"]
    address = plot.words(Permission.READ_DECISIONS, general=(Notices.READ_MAIL,))
    to = tuple(
        To(recipient=recipient, name=name, unit_id=unit_id, email=f"{address.key('Dispatch.email')}@ekby.example")
        for name, unit_id in ((unit.name, unit.pk), (words("Dispatch.name"), None))
    )
    first, second = actions.dispatch_decision(decision=decision, to=to, by=plot.by, at=plot.at)
    answer = words("Dispatch.answer")
    actions.acknowledge_dispatch(dispatch=second, answer=answer, by=plot.by, at=plot.at)
    return first


def _tell(decision: Decision, plot: Plot) -> None:
    """Everybody was told of the decision; whoever may not see it must not find what they were told."""
    values = {"reference": _words(plot).key("Notice.values")}
    kind, url = "decisions:notice.dispatched", url_of(decision)
    notify(plot.about["told"], kind=kind, about=decision, url=url, at=plot.at, values=values)

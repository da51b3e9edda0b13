"""The columns of the lists that can be taken out."""

from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.queries import OpenAssignment
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.ui.words import word

DECISIONS = (
    Column(_("Reference"), lambda row: row.reference),
    Column(_("Body"), lambda row: row.body.name),
    Column(_("Decided"), lambda row: row.date),
    Column("§", lambda row: row.paragraph),
    Column(_("Heading"), lambda row: row.title),
    Column(_("Case number"), lambda row: row.case_number),
    Column(_("State"), lambda row: word(f"decisions:decision.{row.state}")),
    Column(_("Verified"), lambda row: row.verified_date),
    Column(_("Posted"), lambda row: row.posted_date),
    Column(_("Can be appealed through"), lambda row: row.appeal_until_date),
    Column(_("Binding since"), lambda row: row.binding_date),
    Column(_("Hash of the text (SHA-256)"), lambda row: row.sha256),
)

ASSIGNMENTS = (
    Column(_("Reference"), lambda row: row.reference),
    Column(_("Body"), lambda row: row.giver.name),
    Column(_("Given"), lambda row: row.from_date),
    Column("§", lambda row: row.decision.paragraph),
    Column(_("Case number"), lambda row: row.decision.case_number),
    Column(_("Goes to"), lambda row: row.assignee),
    Column(_("Delegated to"), lambda row: row.delegated_to.name if row.delegated_to else None),
    Column(_("Support"), lambda row: row.support.name if row.support else None),
    Column(_("Assignment"), lambda row: row.text),
    Column(_("Last day"), lambda row: row.due_date),
    Column(_("State"), lambda row: word(f"decisions:assignment.{row.state}")),
    Column(_("Ended on"), lambda row: row.until_date),
)


BODIES = (
    Column(_("Body"), lambda row: row.name),
    Column(_("Short name"), lambda row: row.short_name),
    Column(_("Rank"), lambda row: word(f"decisions:rank.{row.get_rank_display()}")),
    Column(_("Decides for"), lambda row: row.unit.name),
)

READINGS = (
    Column(_("Reference"), lambda row: row.reference),
    Column(_("Minutes"), lambda row: row.name),
    Column(_("File"), lambda row: row.file_name),
    Column(_("Read at"), lambda row: row.created_at),
    Column(_("By"), lambda row: row.created_by.name if row.created_by else None),
)

DISPATCHES = (
    Column(_("Recipient"), lambda row: row.name),
    Column(_("Decision"), lambda row: row.decision.citation),
    Column(_("Sent"), lambda row: row.sent_at),
    Column(_("Reminded"), lambda row: row.reminded_at),
    Column(_("Could not be reached"), lambda row: row.unreachable_at),
    Column(_("Acknowledged"), lambda row: row.acknowledged_at),
    Column(_("Taken back"), lambda row: row.taken_back_at),
    Column(_("What they do"), lambda row: row.answer),
)

CLOSINGS = (
    Column(_("Said in"), lambda row: row.decision.citation),
    Column(_("Body that gave it"), lambda row: row.body_name),
    Column(_("Date"), lambda row: row.date),
    Column("§", lambda row: row.paragraph),
    Column(_("Point"), lambda row: row.point),
    Column(_("What is said"), lambda row: row.outcome),
)


def _deadline_words(row: OpenAssignment) -> str:
    return row.deadline.words if row.deadline else ""


BALANCE = (
    Column(_("Reference"), lambda row: row.assignment.reference),
    Column(_("Given"), lambda row: row.assignment.from_date),
    Column("§", lambda row: row.assignment.decision.paragraph),
    Column(_("Case number"), lambda row: row.assignment.decision.case_number),
    Column(_("Goes to"), lambda row: row.assignment.assignee),
    Column(_("Assignment"), lambda row: row.assignment.text),
    Column(_("Deadline, in the words of the text"), _deadline_words),
    Column(_("Last day"), lambda row: row.deadline.last_date if row.deadline else None),
    Column(_("State"), lambda row: word(f"decisions:assignment.{row.state}")),
    Column(_("Latest note"), lambda row: row.note.text if row.note else None),
)

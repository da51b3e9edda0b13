"""What belongs to one decision or one assignment, and stands on its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from varn.areas.decisions.models import Assignment, Decision, Dispatch, ProgressNote
from varn.areas.decisions.models.parts import Part
from varn.areas.decisions.queries.lists import decisions, dispatches
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments.models import Attachment
from varn.mechanisms.attachments.queries import attachments_of


@dataclass(frozen=True, kw_only=True)
class NoteWithFiles:
    """A progress note, and the files that came with it."""

    note: ProgressNote
    files: Sequence[Attachment]


def parts_of(decision: Decision) -> dict[str, list[Part]]:
    """Every part of a decision that the reader has opened, in the order of the text; they are seen with it."""
    return {
        "clauses": list(decision.clauses.all()),
        "motions": list(decision.motions.all()),
        "votes": list(decision.votes.all()),
        "reservations": list(decision.reservations.all()),
        "basis": list(decision.basisdocuments.all()),
        "related": list(decision.relatedcases.all()),
        "mentions": list(decision.mentions.all()),
        "signatures": list(decision.signatures.all()),
        "recipients": list(decision.recipients.all()),
        "closings": list(decision.closings.all()),
    }


def dispatches_of(decision: Decision, *, viewer: Viewer) -> QuerySet[Dispatch]:
    """To whom the decision was sent, those that wait first."""
    return dispatches(viewer=viewer).filter(decision=decision)


def parts_of_assignment(assignment: Assignment, *, viewer: Viewer) -> dict[str, QuerySet]:
    """What has come to an assignment that the reader has opened: its deadlines, the latest first, and its reports.

    Of what closed it, extended it or proposed it only that which stands in decisions that the reader may see.
    """
    return {
        "deadlines": assignment.deadlines.select_related("extended_by__body", "clause").order_by("-from_at", "-pk"),
        "reports": assignment.reports.select_related("body"),
        "extending": decisions(viewer=viewer).filter(extends__assignment=assignment).distinct(),
        "closings": assignment.closings.visible_to(viewer).select_related("decision__body", "clause"),
        "proposals": assignment.proposals.visible_to(viewer).select_related("clause__decision__body"),
    }


def notes_of(assignment: Assignment, *, viewer: Viewer) -> list[NoteWithFiles]:
    """The assignment's progress notes, the latest first, each with its files."""
    notes = assignment.notes.all()
    files = attachments_of(notes, viewer=viewer)
    return [NoteWithFiles(note=note, files=files.get(note.pk, ())) for note in notes]

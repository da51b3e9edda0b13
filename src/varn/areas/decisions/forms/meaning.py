"""What the rows of a § mean here: who answers, what a lower body has proposed, and which assignments are closed."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from varn.areas.decisions.forms.confirming import HeadForm, Rows
from varn.areas.decisions.forms.fields import MOST_SUGGESTED
from varn.areas.decisions.forms.rows import AssignmentRow, ClosingRow, ExtensionRow
from varn.areas.decisions.models import Assignment, Body, Decision
from varn.areas.decisions.queries import (
    Answering,
    answering,
    body_called,
    deadline_in,
    each_answering,
    extendable_by,
    may_be_closed,
    meant_by,
    named_of,
    out_of_reach,
    proposed_below,
    wording_of,
    words_about,
)
from varn.areas.decisions.rules import ClosingReference, Wording, may_be_meant, suggested
from varn.mechanisms.access.viewer import Viewer

SHOWN = 120
# What is answered where none of the proposed assignments is this one.
NEW = "new"


def ask_about_assignments(head: HeadForm, rows: Rows, *, related: Sequence[str], viewer: Viewer) -> None:
    """Each row says who answers, asks which of several get it, and offers what a lower body has proposed."""
    body, day = _body_and_day(head)
    if body is None or day is None:
        return
    numbers = {number for number in (head["case_number"].value(), *related) if number}
    texts = [row.said("text") for row in rows.forms]
    waiting = proposed_below(body, day, numbers=numbers, texts=texts, viewer=viewer)
    for row in rows.forms:
        if row["in_force"].value():
            _ask_who(row, day, viewer)
            _offer_proposed(row, waiting, case_number=head["case_number"].value() or "", related=related)


def ask_about_closings(head: HeadForm, rows: Rows, *, clauses: Sequence[str], viewer: Viewer) -> None:
    """Each row asks which of the assignments that may be meant are closed; those that its words name are ticked."""
    body, day = _body_and_day(head)
    if body is None or day is None:
        return
    decision = Decision(body=body, date=day)
    for row in rows.forms:
        reference = ClosingReference(
            body=row.said("body"),
            date=_day(row["date"].value()),
            paragraph=row.said("paragraph"),
            point=row.said("point"),
        )
        meant = may_be_closed(reference, decision=decision, viewer=viewer)
        above = [] if meant else out_of_reach(reference, decision=decision, viewer=viewer)
        if above:
            row.understood = [_("does not close %(references)s") % {"references": _references(above)}]
            row.doubt("rank_forbids_closing")
            continue
        words = words_about(row.said("paragraph"), clauses) or row.said("outcome")
        _ask_which(row, meant, meant if reference.point else named_of(meant, words))


def ask_about_extensions(head: HeadForm, rows: Rows, *, clauses: Sequence[str], viewer: Viewer) -> None:
    """Each row suggests what its clause says: which assignment gets more time, and until when. A person confirms it."""
    body, day = _body_and_day(head)
    for row in rows.forms:
        row.doubt("extends_an_assignment")
        if body is None or day is None:
            continue
        decision = Decision(body=body, date=day)
        rows_open = extendable_by(decision, viewer=viewer)
        latest = rows_open.order_by("-from_date", "-pk")[:MOST_SUGGESTED]
        row.fields["assignment"].offer(
            partial(_by_reference, rows_open), [(each.reference, _named(each)) for each in latest]
        )
        place = row.said("clause")
        words = clauses[int(place) - 1] if place.isdecimal() and 0 < int(place) <= len(clauses) else ""
        if not row.is_bound:
            _suggest_extension(row, words, decision, viewer)


def _suggest_extension(row: ExtensionRow, words: str, decision: Decision, viewer: Viewer) -> None:
    meant = meant_by(words, decision=decision, viewer=viewer)
    deadline = deadline_in(words, decision.date)
    if len(meant) == 1:
        row.initial["assignment"] = meant[0].reference
    if deadline is not None:
        row.initial |= {"deadline_words": deadline.words, "deadline_kind": deadline.kind.value}
        row.initial |= {"first": deadline.first, "last": deadline.last}


def _by_reference(rows: QuerySet[Assignment], words: str) -> list[Assignment]:
    return list(rows.filter(reference__iexact=words.strip())[:2])


def _named(assignment: Assignment) -> str:
    return f"{assignment.assignee}: {assignment.text}"[:SHOWN]


def _ask_who(row: AssignmentRow, day: date, viewer: Viewer) -> None:
    words = row.said("assignee")
    several = each_answering(words, day, viewer=viewer)
    if several:
        row.fields["units"] = _ticks(
            _("To each of these"), [(str(each.unit.pk), each.assignee) for each in several], row, "units"
        )
        row.understood = [_("to each of %(count)s") % {"count": len(several)}]
        return
    who = answering(words, day) if words else Answering(assignee="")
    if who.office or who.unit:
        row.understood = [_("answers: %(name)s") % {"name": who.office or who.unit}]
    elif words:
        row.doubt("nobody_answers")


def _offer_proposed(
    row: AssignmentRow, waiting: Sequence[Assignment], *, case_number: str, related: Sequence[str]
) -> None:
    incoming = Wording(
        assignee=row.said("assignee"), text=row.said("text"), case_number=case_number, related=frozenset(related)
    )
    proposed = {each.reference: wording_of(each) for each in waiting}
    meant = {reference: wording for reference, wording in proposed.items() if may_be_meant(wording, incoming)}
    if not meant:
        return
    choices = [(reference, _adopts(reference, wording)) for reference, wording in meant.items()]
    row.initial["adopts"] = suggested(incoming, list(meant.items())) or NEW
    row.fields["adopts"] = forms.ChoiceField(
        label=_("A lower body has proposed this"),
        choices=[*choices, (NEW, _("No: give a new assignment"))],
        widget=forms.RadioSelect,
    )


def _adopts(reference: str, wording: Wording) -> str:
    said = {"reference": reference, "text": f"{wording.assignee}: {wording.text}"[:SHOWN]}
    return _("Adopt the proposed assignment %(reference)s (%(text)s)") % said


def _ask_which(row: ClosingRow, meant: Sequence[Assignment], named: Sequence[Assignment]) -> None:
    if not meant:
        row.understood = [_("the assignment is not found here; it can be linked later")]
        return
    choices = [(each.reference, f"{each.reference} {each.assignee}: {each.text}"[:SHOWN]) for each in meant]
    ticked = [each.reference for each in named]
    row.fields["chosen"] = _ticks(_("Closes"), choices, row, "chosen", ticked=ticked)
    row.understood = [_("closes %(references)s") % {"references": ", ".join(ticked)}] if ticked else []
    if not row.said("point") and len(meant) > 1:
        row.doubt("several_may_be_meant")


def _references(rows: Sequence[Assignment]) -> str:
    return ", ".join(row.reference for row in rows)


def _ticks(
    label: str,
    choices: Sequence[tuple[str, str]],
    row: AssignmentRow | ClosingRow,
    name: str,
    *,
    ticked: Sequence[str] | None = None,
) -> forms.MultipleChoiceField:
    """Boxes to tick. What was ticked for other choices than these counts no longer, and they begin anew."""
    field = forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False)
    row.initial[name] = [key for key, _label in choices] if ticked is None else list(ticked)
    asked = " ".join(key for key, _label in choices)
    row.fields[f"{name}_asked"] = forms.CharField(initial=asked, widget=forms.HiddenInput, required=False)
    if row.is_bound and row[f"{name}_asked"].value() != asked:
        row.data = row.data.copy()
        row.data.setlist(row.add_prefix(name), row.initial[name])
        row.data[row.add_prefix(f"{name}_asked")] = asked
    return field


def _body_and_day(head: HeadForm) -> tuple[Body | None, date | None]:
    return body_called(head["body"].value() or ""), _day(head["date"].value())


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or "").strip())
    except ValueError:
        return None

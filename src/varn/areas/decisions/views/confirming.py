"""From minutes that have been read to registered decisions: one § confirmed at a time, or the certain ones together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varn.areas.decisions import actions, queries
from varn.areas.decisions.forms.confirming import KINDS
from varn.areas.decisions.forms.proposal import Confirmation, confirmation, is_settled, with_one_more
from varn.areas.decisions.models import Assignment, Decision, Reading
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import Section
from varn.areas.decisions.rules import marked, proposed
from varn.areas.decisions.views.readings import waiting_reading
from varn.areas.decisions.views.telling import trail_of_minutes
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import url_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.words import sentence

NAMED = 4
# Where an error leads, where it stands in words, and what it says.
Error = tuple[str, str, str]


@needs(Permission.REGISTER)
def reading_begin(request: Request, reference: str) -> HttpResponse:
    """Leads to the first of the chosen § that waits; the rest follow one after the other."""
    reading = waiting_reading(request, reference)
    sections = queries.sections_of(reading, viewer=request.viewer)
    chosen = [section for section in _chosen(request.GET, sections) if section.waits]
    if not chosen:
        messages.info(request, _("Choose at least one § that waits."))
        return redirect(url_of(reading))
    return redirect(_address(reading, chosen[0], chosen))


@needs(Permission.REGISTER, methods=("GET", "HEAD", "POST"))
def reading_register(request: Request, reference: str) -> HttpResponse:
    """Every § that waits and in which nothing is uncertain, with all that will be registered of it, and one button."""
    reading = waiting_reading(request, reference)
    waiting = [section for section in queries.sections_of(reading, viewer=request.viewer) if section.waits]
    own = {body.name for body in queries.bodies_registered_by(request.viewer)}
    certain = [section for section in waiting if section.is_certain and section.found["body"] in own]
    certain = [section for section in certain if not section.acts or is_settled(section.found, viewer=request.viewer)]
    if request.method == "POST":
        _register_all(_chosen(request.POST, certain), reading, request)
        return redirect(url_of(reading))
    context = {
        "title": _("Register what is certain"),
        "reading": reading,
        "sections": [(section, proposed(section.found)) for section in certain],
        "others": [section for section in waiting if section not in certain],
        "trail": trail_of_minutes(reading),
    }
    return render(request, "decisions/reading_register.html", context)


@needs(Permission.REGISTER, methods=("GET", "HEAD", "POST"))
def reading_confirm(request: Request, reference: str, index: int) -> HttpResponse:
    """One §: the text with its parts marked, and the structure to confirm. Sent, it is registered."""
    reading = waiting_reading(request, reference)
    sections = queries.sections_of(reading, viewer=request.viewer)
    if index >= len(sections):
        raise Http404
    way = Way(reading=reading, section=sections[index], chosen=_chosen(request.GET, sections) or sections)
    data, settled = request.POST or None, "add" not in request.POST
    goes_onward = "onward" in request.POST
    if data is not None and data.get("add") in KINDS:
        data = with_one_more(data, data["add"])
    known = _known(reading)
    shown = confirmation(way.section.found, viewer=request.viewer, data=data, known=known, settled=settled)
    if data is not None and settled and shown.is_valid():
        decision = _registered(shown, reading, request)
        if decision is not None:
            messages.success(request, _what_came_of(decision, request))
            return redirect(way.onward if goes_onward else url_of(decision))
    return _confirm_page(request, way, shown, is_sent=data is not None and settled)


class Way:
    """The § at hand among those that a person goes through."""

    def __init__(self, *, reading: Reading, section: Section, chosen: Sequence[Section]) -> None:
        self.reading, self.section, self.chosen = reading, section, chosen
        self.before = [each for each in chosen if each.index < section.index]
        self.after = [each for each in chosen if each.index > section.index]
        self.place, self.count = len(self.before) + 1, len(self.before) + len(self.after) + 1
        self.following = next((each for each in self.after if each.waits), None)

    @property
    def onward(self) -> str:
        """Where one goes when this § is done: the next that waits, or back to the minutes."""
        return _address(self.reading, self.following, self.chosen) if self.following else url_of(self.reading)

    @property
    def links(self) -> dict[str, str]:
        """The addresses of the § before and after; empty where there is none."""
        before = _address(self.reading, self.before[-1], self.chosen) if self.before else ""
        return {"before": before, "after": _address(self.reading, self.after[0], self.chosen) if self.after else ""}


def _confirm_page(request: Request, way: Way, shown: Confirmation, *, is_sent: bool) -> HttpResponse:
    context = {
        "title": _("Confirm § %(number)s") % {"number": way.section.number},
        "reading": way.reading,
        "way": way,
        "existing": way.section.decision,
        "pieces": marked(shown.found["text"], shown.found.get("spans") or {}),
        "head": shown.head,
        "parts": shown.parts,
        "absent": [part for part in shown.parts if not part.is_shown],
        "added": request.POST.get("add", ""),
        "unsure": shown.head.is_unsure + sum(part.unsure for part in shown.parts),
        "errors": _errors(shown) if is_sent else [],
        "trail": trail_of_minutes(way.reading),
    }
    return render(request, "decisions/confirm.html", context)


def _errors(shown: Confirmation) -> list[Error]:
    """Every error with where it stands and the field it leads to, in the order of the page."""
    found = list(_errors_of(shown.head, within=_("The decision")))
    for part in shown.parts:
        for place, row in enumerate(part.rows.forms, start=1):
            found += _errors_of(row, within=f"{part.kind.one} {place}", whole=f"row-{row.anchor}")
        found += [("", str(part.kind.label), error) for error in part.rows.non_form_errors()]
    return found


def _errors_of(form: Form, *, within: str, whole: str = "") -> Iterator[Error]:
    """The errors of one form; what is wrong with the whole of it leads to `whole`."""
    for name, errors in form.errors.items():
        target = (form[name].id_for_label or form[name].auto_id) if name in form.fields else whole
        yield from ((target, _field_of(form, name, within=within), error) for error in errors)


def _field_of(form: Form, name: str, *, within: str) -> str:
    """The place of an error in words: the part, and the field in it when the error is one field's."""
    return f"{within}, {form[name].label}" if name in form.fields and form[name].label else within


def _registered(shown: Confirmation, reading: Reading, request: Request) -> Decision | None:
    try:
        return actions.register_decision(
            paragraph=shown.decision(), reading=reading, by=request.viewer, at=request.viewer.at
        )
    except actions.NotConfirmed as error:
        shown.refuse(error.faults, {fault.key: sentence(Refusal(fault.key)) for fault in error.faults})
    except Refused as error:
        shown.head.add_error(None, sentence(error.refusal))
    return None


def _what_came_of(decision: Decision, request: Request) -> str:
    """That the decision is registered, and which assignments it gave and closed by that."""
    given = {row.pk: row for rows in queries.given_by(decision, viewer=request.viewer).values() for row in rows}
    closed = queries.closings_said_by(decision, viewer=request.viewer)
    said = [_("%(decision)s is registered.") % {"decision": decision.citation}]
    if given:
        many = ngettext("%(count)s assignment was given.", "%(count)s assignments were given.", len(given))
        said.append(_in_short(given.values(), _("Given: %(references)s."), many))
    extended = queries.extended_by_clause(decision, viewer=request.viewer)
    more_time = {row.assignment_id: row.assignment for rows in extended.values() for row in rows}
    if more_time:
        many = ngettext("%(count)s assignment has more time.", "%(count)s assignments have more time.", len(more_time))
        said.append(_in_short(more_time.values(), _("More time: %(references)s."), many))
    if closed:
        many = ngettext("%(count)s assignment was closed.", "%(count)s assignments were closed.", len(closed))
        said.append(_in_short(closed, _("Closed: %(references)s."), many))
    return " ".join(said)


def _in_short(rows: Iterable[Assignment], few: str, many: str) -> str:
    """The sentence with the references, or of more than a few only with how many."""
    references = [row.reference for row in rows]
    if len(references) <= NAMED:
        return few % {"references": ", ".join(references)}
    return many % {"count": len(references)}


def _register_all(sections: Sequence[Section], reading: Reading, request: Request) -> None:
    registered = 0
    for section in sections:
        try:
            actions.register_decision(
                paragraph=proposed(section.found), reading=reading, by=request.viewer, at=request.viewer.at
            )
            registered += 1
        except Refused as error:
            messages.error(request, f"§ {section.number}: {sentence(error.refusal)}")
    if registered:
        said = ngettext("%(count)s § is registered.", "%(count)s § are registered.", registered)
        messages.success(request, said % {"count": registered})


def _chosen(sent: QueryDict, sections: Sequence[Section]) -> list[Section]:
    wanted = {int(value) for value in sent.getlist("chosen") if value.isdecimal()}
    return [section for section in sections if section.index in wanted]


def _address(reading: Reading, section: Section, chosen: Sequence[Section]) -> str:
    address = reverse("decisions:reading-confirm", args=[reading.reference, section.index])
    if len(chosen) == len(reading.paragraphs):
        return address
    return f"{address}?{'&'.join(f'chosen={each.index}' for each in chosen)}"


def _known(reading: Reading) -> dict[str, Any]:
    """The body and day of the rest of the same minutes, where they say it and this § does not."""
    decided = queries.registered_last(reading)
    return {"body": decided.body.name, "date": decided.date} if decided else {}

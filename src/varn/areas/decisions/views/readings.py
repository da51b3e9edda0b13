"""Bringing minutes in: read, choose a §, confirm, register."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, queries
from varn.areas.decisions.forms.bringing import BringForm
from varn.areas.decisions.forms.confirming import KINDS
from varn.areas.decisions.forms.proposal import Confirmation, confirmation, with_one_more
from varn.areas.decisions.models import Reading
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.reader import Unreadable
from varn.areas.decisions.rules import marked
from varn.areas.decisions.views.tables import ReadingTable
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.doors import needs
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.forms import form_page
from varn.mechanisms.ui.links import Link, url_of
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.words import language, sentence


@needs(Permission.READ_READINGS)
def reading_list(request: HttpRequest) -> HttpResponse:
    """The minutes that wait to be confirmed."""
    return list_page(
        request,
        queryset=queries.readings(viewer=request.viewer).defer("paragraphs"),
        table=ReadingTable,
        title=_("Minutes that have been read"),
        name="decisions:readings",
        actions=[_bring_link()] if request.viewer.may(Permission.READ_MINUTES) else [],
        empty=_("Minutes that you have brought in stand here until every § is registered or they are discarded."),
    )


@needs(Permission.READ_MINUTES, methods=("GET", "HEAD", "POST"))
def reading_create(request: HttpRequest) -> HttpResponse:
    """Drop a file or paste text. A file that was read before leads to where it waits."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        reading = _read(form, request)
        if reading is not None:
            return redirect(_first_page(reading))
    return form_page(
        request,
        form=form,
        title=_("Bring in a decision"),
        lead=_("Drop the minutes here. What was understood is shown beside the text, for you to correct and confirm."),
        submit=_("Read"),
        back=reverse("decisions:decision-list"),
        stop_text=True,
        help_page="beslut-och-uppdrag",
    )


@needs(Permission.READ_READINGS)
def reading_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """The § of the minutes, each with what became of it."""
    reading = _reading(request, reference)
    registered = {decision.paragraph: decision for decision in reading.decisions.valid()}
    paragraphs = [
        {
            "found": found,
            "index": index,
            "decision": registered.get(str(found.get("paragraph"))),
            "doubts": len(found.get("uncertain") or ()),
        }
        for index, found in enumerate(reading.paragraphs)
    ]
    trail = [Link(label=_("Minutes that have been read"), url=reverse("decisions:reading-list"))]
    shown = {"reading": reading, "paragraphs": paragraphs, "title": reading.file_name, "trail": trail}
    return render(request, "decisions/reading.html", shown)


@needs(Permission.DISCARD_READING, methods=("GET", "HEAD", "POST"))
def reading_discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the minutes away from what waits. What was registered from them stands."""
    reading = _reading(request, reference)
    if request.method == "POST":
        actions.discard_reading(reading=reading, by=request.viewer, at=request.viewer.at)
        messages.success(request, _("%(name)s is discarded.") % {"name": reading.file_name})
        return redirect("decisions:reading-list")
    return render(request, "decisions/reading_discard.html", {"reading": reading, "title": _("Discard what was read")})


@needs(Permission.REGISTER, methods=("GET", "HEAD", "POST"))
def reading_confirm(request: HttpRequest, reference: str, index: int) -> HttpResponse:
    """One §: the text with its parts marked, and the structure to confirm. Sent, it is registered."""
    reading = _reading(request, reference)
    if index >= len(reading.paragraphs):
        raise Http404
    found = reading.paragraphs[index]
    data = request.POST or None
    if data is not None and data.get("add") in KINDS:
        data = with_one_more(data, data["add"])
    shown = confirmation(found, viewer=request.viewer, data=data, known=_known(reading))
    if request.method == "POST" and "add" not in request.POST and shown.is_valid():
        decision = _registered(shown, reading, request)
        if decision is not None:
            messages.success(request, _("%(decision)s is registered.") % {"decision": decision.citation})
            return redirect(url_of(decision))
    return _confirm_page(request, reading, index, shown)


def _confirm_page(request: HttpRequest, reading: Reading, index: int, shown: Confirmation) -> HttpResponse:
    existing = _existing(shown.found)
    seen = queries.decisions(viewer=request.viewer).filter(pk=existing.pk).first() if existing else None
    number = shown.found.get("paragraph") or ""
    sent = request.method == "POST" and "add" not in request.POST
    context = {
        "title": _("Confirm § %(number)s") % {"number": number},
        "reading": reading,
        "existing": seen,
        "pieces": marked(shown.found["text"], shown.found.get("spans") or {}),
        "head": shown.head,
        "parts": [(name, KINDS[name][0], rows) for name, rows in shown.rows.items()],
        "has_errors": sent and not shown.is_valid(),
        "errors": _errors(shown) if sent else [],
        "trail": [Link(label=reading.file_name, url=url_of(reading))],
        "index": index,
    }
    return render(request, "decisions/confirm.html", context)


def _errors(shown: Confirmation) -> list[tuple[str, str]]:
    """Every error with the field it leads to, in the order of the page."""
    forms = [shown.head, *(form for rows in shown.rows.values() for form in rows.forms)]
    found = [
        (form[name].id_for_label if name in form.fields else "", error)
        for form in forms
        for name, errors in form.errors.items()
        for error in errors
    ]
    return found + [("", error) for rows in shown.rows.values() for error in rows.non_form_errors()]


def _registered(shown: Confirmation, reading: Reading, request: HttpRequest) -> Any:
    try:
        return actions.register_decision(
            paragraph=shown.decision(), reading=reading, by=request.viewer, at=request.viewer.at
        )
    except actions.NotConfirmed as error:
        shown.refuse(error.faults, {fault.key: sentence(Refusal(fault.key)) for fault in error.faults})
    except Refused as error:
        shown.head.add_error(None, sentence(error.refusal))
    return None


def _read(form: BringForm, request: HttpRequest) -> Reading | None:
    name, content = form.content()
    try:
        return actions.read_minutes(name=name, content=content, by=request.viewer, at=request.viewer.at)
    except actions.AlreadyRead as error:
        messages.info(request, _("The same file has been read before and waits here."))
        return error.reading
    except Unreadable as error:
        form.add_error(None, error.swedish if language() == "sv" else error.english)
        return None


def _first_page(reading: Reading) -> str:
    if len(reading.paragraphs) == 1:
        return reverse("decisions:reading-confirm", args=[reading.reference, 0])
    return url_of(reading)


def _known(reading: Reading) -> dict[str, Any]:
    """The body and day of the rest of the same minutes, where they say it and this § does not."""
    decided = reading.decisions.valid().select_related("body").order_by("pk").last()
    return {"body": decided.body.name, "date": decided.date} if decided else {}


def _existing(found: dict[str, Any]) -> Any:
    body = queries.body_called(found.get("body") or "")
    year = (found.get("date") or "")[:4]
    if body is None or not year or not found.get("paragraph"):
        return None
    return queries.registered_as(body, int(year), str(found["paragraph"]))


def _reading(request: HttpRequest, reference: str) -> Reading:
    return get_object_or_404(Reading.objects.visible_to(request.viewer).filter(discarded_at=None), reference=reference)


def _bring_link() -> Link:
    return Link(
        label=_("Bring in a decision"), url=reverse("decisions:reading-create"), icon="file-import", primary=True
    )

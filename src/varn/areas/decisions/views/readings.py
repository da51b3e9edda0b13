"""Bringing minutes in: read them, see their §, discard them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, exports, queries
from varn.areas.decisions.forms.bringing import BringForm
from varn.areas.decisions.models import Reading
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import Section
from varn.areas.decisions.reader import Unreadable
from varn.areas.decisions.views.tables import ReadingTable
from varn.areas.decisions.views.telling import trail_of_minutes
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.forms import form_page, sent_files
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.words import language, sentence

CHOICES: dict[str, Callable[[Section], bool]] = {
    "acting": lambda section: section.acts,
    "all": lambda section: True,
    "none": lambda section: False,
}


@needs(Permission.READ_READINGS)
def reading_list(request: Request) -> HttpResponse:
    """The minutes that wait to be confirmed."""
    return list_page(
        request,
        queryset=queries.readings(viewer=request.viewer),
        table=ReadingTable,
        title=_("Minutes that have been read"),
        name="decisions:readings",
        columns=exports.READINGS,
        export_permission=Permission.EXPORT_DECISIONS,
        actions=[_bring_link()] if request.viewer.may(Permission.READ_MINUTES) else [],
        empty=_("Minutes that you have brought in stand here until every § is registered or they are discarded."),
        context={"help_page": "beslut-och-uppdrag"},
    )


@needs(Permission.READ_MINUTES, methods=("GET", "HEAD", "POST"))
def reading_create(request: Request) -> HttpResponse:
    """Drop a file or paste text. A file that was read before leads to where it waits."""
    form = BringForm(request.POST or None, sent_files(request), viewer=request.viewer)
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
        trail=[Link(label=_("Decisions"), url=reverse("decisions:decision-list"))],
    )


@needs(Permission.READ_READINGS)
def reading_detail(request: Request, reference: str) -> HttpResponse:
    """The § of the minutes, each with what became of it. Several can be chosen and gone through one after the other."""
    reading = waiting_reading(request, reference)
    sections = queries.sections_of(reading, viewer=request.viewer)
    choose = request.GET.get("choose", "")
    choose = choose if choose in CHOICES else "acting"
    context = {
        "reading": reading,
        "sections": [(section, section.waits and CHOICES[choose](section)) for section in sections],
        "choose": choose,
        "waiting": sum(section.waits for section in sections),
        "title": reading.name,
        "trail": trail_of_minutes(),
    }
    return render(request, "decisions/reading.html", context)


@needs(Permission.DISCARD_READING, methods=("GET", "HEAD", "POST"))
def reading_discard(request: Request, reference: str) -> HttpResponse:
    """Take the minutes away from what waits. What was registered from them stands."""
    reading = waiting_reading(request, reference)
    if request.method == "POST":
        actions.discard_reading(reading=reading, by=request.viewer, at=request.viewer.at)
        messages.success(request, _("%(name)s is discarded.") % {"name": reading.name})
        return redirect("decisions:reading-list")
    context = {"reading": reading, "title": _("Discard what was read"), "trail": trail_of_minutes(reading)}
    return render(request, "decisions/reading_discard.html", context)


def _read(form: BringForm, request: Request) -> Reading | None:
    name, content = form.content()
    try:
        minutes = queries.understand(name=name, content=content, viewer=request.viewer)
        return actions.read_minutes(
            minutes=minutes, body=form.cleaned_data.get("body"), by=request.viewer, at=request.viewer.at
        )
    except queries.AlreadyRead as error:
        messages.info(request, _("The same file has been read before and waits here."))
        return error.reading
    except Refused as error:
        form.add_error("body" if "body" in form.fields else None, sentence(error.refusal))
        return None
    except Unreadable as error:
        form.add_error(None, error.swedish if language() == "sv" else error.english)
        return None


def _first_page(reading: Reading) -> str:
    if len(reading.paragraphs) == 1:
        return reverse("decisions:reading-confirm", args=[reading.reference, 0])
    return url_of(reading)


def waiting_reading(request: Request, reference: str) -> Reading:
    """The minutes under this reference, if the reader may see them and they are not discarded."""
    return get_object_or_404(queries.readings_in_full(viewer=request.viewer), reference=reference)


def _bring_link() -> Link:
    return Link(
        label=_("Bring in a decision"), url=reverse("decisions:reading-create"), icon="file-import", primary=True
    )

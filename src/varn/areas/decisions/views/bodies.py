"""The pages of bodies: the list, one body with its meetings, and its list of open assignments."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, exports, queries
from varn.areas.decisions.forms.decisions import BodyForm, MeetingForm
from varn.areas.decisions.models import Body
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.queries import Balance, OpenAssignment
from varn.areas.decisions.views.tables import BodyTable
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.require import require
from varn.mechanisms.exports.actions import record_export
from varn.mechanisms.exports.files import csv_response, file_name, xlsx_response
from varn.mechanisms.exports.pdf import pdf_bytes
from varn.mechanisms.links import Link, url_of, verb_url
from varn.mechanisms.ui.days import day_asked
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, stored, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import word

BALANCE_TEMPLATE = Path(__file__).parents[1] / "templates" / "decisions" / "balance.typ"


@needs(Permission.READ_BODIES)
def body_list(request: Request) -> HttpResponse:
    """Every body of the municipality."""
    create = Link(label=_("Add a body"), url=reverse("decisions:body-create"), icon="plus")
    return list_page(
        request,
        queryset=queries.bodies(viewer=request.viewer),
        table=BodyTable,
        title=_("Bodies"),
        name="decisions:bodies",
        columns=exports.BODIES,
        export_permission=Permission.EXPORT_DECISIONS,
        actions=[create] if request.viewer.may(Permission.CREATE_BODY) else [],
        empty=_("The council, the executive board and the committees stand here, and who decides for them."),
        context={"help_page": "beslut-och-uppdrag"},
    )


@needs(Permission.READ_BODIES)
def body_detail(request: Request, pk: int) -> HttpResponse:
    """One body, with its meetings."""
    body = _body(request, pk)
    facts = [
        Fact(label=_("Short name"), value=body.short_name),
        Fact(label=_("Rank"), value=capfirst(word(f"decisions:rank.{body.get_rank_display()}"))),
        Fact(label=_("Decides for"), value=body.unit, url=url_of(body.unit)),
    ]
    context = detail_context(
        body,
        request=request,
        facts=facts,
        trail=trail_to(Body),
        actions=_links(body, request),
        help_page="beslut-och-uppdrag",
    )
    meetings = queries.meetings_of(body, viewer=request.viewer)[:60]
    return render(request, "decisions/body.html", context | {"meetings": meetings})


@needs(Permission.CREATE_BODY, methods=("GET", "HEAD", "POST"))
def body_create(request: Request) -> HttpResponse:
    """A new body."""
    form = BodyForm(request.POST or None, viewer=request.viewer)
    body = submitted(form, actions.create_body, request)
    if body is not None:
        messages.success(request, _("The body %(name)s is added.") % {"name": body})
        return redirect(url_of(body))
    return form_page(
        request, form=form, title=_("Add a body"), back=reverse("decisions:body-list"), trail=trail_to(Body)
    )


@needs(Permission.CHANGE_BODY, methods=("GET", "HEAD", "POST"))
def body_change(request: Request, pk: int) -> HttpResponse:
    """Change a body's name, rank or unit, or say that it has ceased."""
    body = _body(request, pk)
    require(Permission.CHANGE_BODY, by=request.viewer, on=body)
    initial = stored(BodyForm, body, rank=body.get_rank_display())
    form = BodyForm(request.POST or None, viewer=request.viewer, thing=body, initial=initial)
    if submitted(form, actions.change_body, request, body=body) is not None:
        messages.success(request, _("The body %(name)s is changed.") % {"name": body})
        return redirect(url_of(body))
    return form_page(
        request, form=form, title=_("Change the body"), lead=body.name, back=url_of(body), trail=trail_to(Body, body)
    )


@needs(Permission.CREATE_MEETING, methods=("GET", "HEAD", "POST"))
def meeting_create(request: Request, pk: int) -> HttpResponse:
    """A day on which the body meets."""
    body = _body(request, pk)
    require(Permission.CREATE_MEETING, by=request.viewer, on=body)
    form = MeetingForm(request.POST or None, viewer=request.viewer)
    if submitted(form, actions.create_meeting, request, body=body) is not None:
        messages.success(request, _("The meeting is added."))
        return redirect(url_of(body))
    return form_page(
        request, form=form, title=_("Add a meeting"), lead=body.name, back=url_of(body), trail=trail_to(Body, body)
    )


@needs(Permission.READ_ASSIGNMENTS)
def body_balance(request: Request, pk: int) -> HttpResponse:
    """The list of open assignments for a meeting, as of its day: on the page, as PDF, XLSX or CSV."""
    body = _body(request, pk)
    day = day_asked(request)
    balance = queries.balance_of(body, day, viewer=request.viewer)
    wanted = request.GET.get("format", "")
    if wanted in WRITERS and request.viewer.may(Permission.EXPORT_ASSIGNMENTS):
        record_export(
            name="decisions:balance",
            filters={"body": body.name, "day": day.isoformat()},
            rows=len(balance.open),
            file_format=wanted,
            by=request.viewer,
            at=request.viewer.at,
        )
        return WRITERS[wanted](balance)
    context = {
        "title": _("Open assignments for %(body)s") % {"body": body},
        "balance": balance,
        "day": day,
        "meetings": queries.meetings_of(body, viewer=request.viewer)[:24],
        "may_close": request.viewer.may(Permission.CLOSE),
        "may_export": request.viewer.may(Permission.EXPORT_ASSIGNMENTS),
        "trail": trail_to(Body, body),
    }
    return render(request, "decisions/balance.html", context)


def _as_pdf(balance: Balance) -> HttpResponse:
    data = {
        "title": _("Open assignments"),
        "body": balance.body.name,
        "day": balance.day,
        "as_of": _("As it stood on %(day)s") % {"day": date_format(balance.day, "Y-m-d")},
        "head": _pdf_head(),
        "rows": [_pdf_row(row) for row in balance.open],
        "empty": _("No assignment was open."),
        "ended_title": _("Ended at the meeting"),
        "ended": [_pdf_row(row) for row in balance.ended],
    }
    response = HttpResponse(pdf_bytes(BALANCE_TEMPLATE, data), content_type="application/pdf")
    name = file_name(_name(balance), "pdf")
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


def _pdf_head() -> list[str]:
    return [_("Decided"), _("Assignment"), _("Goes to"), _("Deadline"), _("State"), _("Latest note")]


def _pdf_row(row: OpenAssignment) -> list[str]:
    assignment, deadline = row.assignment, row.deadline
    decided = f"{assignment.from_date} § {assignment.decision.paragraph}\n{assignment.decision.case_number}"
    when = "\n".join(filter(None, [deadline.words, str(deadline.last_date or "")])) if deadline else ""
    note = f"{row.note.made_at:%Y-%m-%d}: {row.note.text[:400]}" if row.note else ""
    state = word(f"decisions:assignment.{row.state}")
    return [decided, f"{assignment.reference}\n{assignment.text}", assignment.assignee, when, state, note]


def _as_xlsx(balance: Balance) -> HttpResponse:
    return xlsx_response(exports.BALANCE, balance.open, name=_name(balance))


def _as_csv(balance: Balance) -> HttpResponse:
    return csv_response(exports.BALANCE, balance.open, name=_name(balance))


WRITERS = {"pdf": _as_pdf, "xlsx": _as_xlsx, "csv": _as_csv}


def _name(balance: Balance) -> str:
    return f"{_('Open assignments')} {balance.body} {balance.day}"


def _body(request: Request, pk: int) -> Body:
    return get_object_or_404(queries.bodies(viewer=request.viewer), pk=pk)


def _links(body: Body, request: Request) -> list[Link]:
    links: list[Any] = []
    if request.viewer.may(Permission.READ_ASSIGNMENTS):
        links.append(
            Link(label=_("Open assignments"), url=verb_url(body, "balance"), icon="clipboard-list", primary=True)
        )
    if may(request.viewer, Permission.CREATE_MEETING, body):
        links.append(
            Link(label=_("Add a meeting"), url=reverse("decisions:meeting-create", args=[body.pk]), icon="plus")
        )
    if may(request.viewer, Permission.CHANGE_BODY, body):
        links.append(Link(label=_("Change"), url=verb_url(body, "change"), icon="pencil"))
    return links

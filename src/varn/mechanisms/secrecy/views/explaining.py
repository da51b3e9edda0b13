"""Why somebody sees a record or does not. Asking is itself written in the trail, before the answer is shown."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from varn.kernel.calendar import end_of_day
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.secrecy import queries
from varn.mechanisms.secrecy.actions.asking import Answer, ask_why
from varn.mechanisms.secrecy.forms import ExplainForm, ExplainToolForm
from varn.mechanisms.secrecy.telling import told, verdict
from varn.mechanisms.secrecy.views.records import BOTH, HELP, found
from varn.mechanisms.ui.forms import Form, sent

SECOND = timedelta(seconds=1)


@needs(Permission.EXPLAIN, methods=BOTH)
def record_explain(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """Why somebody sees this record or does not."""
    thing = found(request, area, kind, pk)
    form = ExplainForm(sent(request), viewer=request.viewer)
    trail = [Link(label=str(thing), url=url_of(thing))]
    return _page(request, form, thing=thing, lead=str(thing), trail=trail)


@needs(Permission.EXPLAIN, methods=BOTH)
def explain_tool(request: Request) -> HttpResponse:
    """Why somebody sees any record that the reader sees, or does not."""
    form = ExplainToolForm(sent(request), viewer=request.viewer)
    lead = _("Rule by rule, why a person sees a record or does not. It must be a record that you see yourself.")
    return _page(request, form, thing=None, lead=lead, trail=[])


def _page(request: Request, form: Form, *, thing: Any, lead: str, trail: list[Link]) -> HttpResponse:
    answer = _answer(request, form, thing) if request.method == "POST" and form.is_valid() else None
    context = {
        "title": _("Why does somebody see it?"),
        "lead": lead,
        "form": form,
        "submit": _("Explain"),
        "answer": answer,
        "told": told(answer.explanation) if answer is not None else [],
        "verdict": verdict(answer.explanation) if answer is not None else "",
        "back": url_of(thing) if thing is not None else "",
        "trail": trail,
        "help_page": HELP,
    }
    return render(request, "secrecy/explain.html", context)


def _answer(request: Request, form: Form, thing: Any) -> Answer | None:
    values, viewer = form.cleaned_data, request.viewer
    record = thing if thing is not None else queries.record_meant(values["record"], viewer=viewer)
    account = queries.account_meant(values["person"], viewer=viewer)
    if record is None:
        form.add_error("record", _("There is no such record."))
    if account is None:
        form.add_error("person", _("There is no such person with an account."))
    if record is None or account is None:
        return None
    return ask_why(thing=record, account=account, moment=_moment(values["as_of"], viewer.at), by=viewer, at=viewer.at)


def _moment(day: date | None, now: datetime) -> datetime:
    """Now, or the last second of the day that was asked about."""
    return min(now, end_of_day(day) - SECOND) if day is not None else now

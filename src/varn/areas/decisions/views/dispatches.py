"""Sending a decision, and the recipients' answers, with an account and by a link."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from varn.areas.decisions import actions, exports, queries
from varn.areas.decisions.forms.dispatching import AnswerForm, DispatchForm
from varn.areas.decisions.forms.fields import ReasonForm
from varn.areas.decisions.models import Decision, Dispatch
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.views.tables import DispatchFilter, DispatchTable
from varn.mechanisms.access.doors import needs, public
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.links import url_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.forms import form_page, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import sentence, word


@needs(Permission.READ_DECISIONS)
def dispatch_list(request: Request) -> HttpResponse:
    """What has been sent to whom, and what they answered."""
    return list_page(
        request,
        queryset=queries.dispatches(viewer=request.viewer),
        table=DispatchTable,
        filterset=DispatchFilter,
        title=_("Dispatches"),
        name="decisions:dispatches",
        columns=exports.DISPATCHES,
        export_permission=Permission.EXPORT_DECISIONS,
        empty=_("What has been sent to recipients stands here, with their acknowledgement."),
        context={"help_page": "beslut-och-uppdrag"},
    )


@needs(Permission.DISPATCH_DECISION, methods=("GET", "HEAD", "POST"))
def decision_dispatch(request: Request, reference: str) -> HttpResponse:
    """Confirm to whom the decision goes, as the organisation stood on its day, and send it."""
    decision = get_object_or_404(queries.decisions_in_full(viewer=request.viewer), reference=reference)
    require(Permission.DISPATCH_DECISION, by=request.viewer, on=decision)
    lines = queries.expansions_of(decision, viewer=request.viewer)
    lines += queries.answering_on_no_line(decision, lines, viewer=request.viewer)
    form = DispatchForm(request.POST or None, expansions=lines)
    if request.method == "POST" and form.is_valid():
        sent = _sent(form, decision, request)
        if sent is not None:
            _tell_sent(sent, decision, request)
            return redirect(url_of(decision))
    context = {
        "title": _("Send to recipients"),
        "decision": decision,
        "form": form,
        "lines": form.shown(),
        "is_left": form.has_anybody(),
        "trail": trail_to(Decision, decision),
    }
    return render(request, "decisions/dispatch.html", context)


@needs(Permission.READ_DECISIONS, methods=("GET", "HEAD", "POST"))
def dispatch_acknowledge(request: Request, pk: int) -> HttpResponse:
    """Acknowledge that the decision has been received, and say what is done."""
    dispatch = get_object_or_404(queries.dispatches(viewer=request.viewer), pk=pk)
    back = url_of(dispatch.decision)
    if request.method == "POST":
        require(Permission.ACKNOWLEDGE, by=request.viewer, on=dispatch)
    if not may(request.viewer, Permission.ACKNOWLEDGE, dispatch):
        return redirect(back)
    form = AnswerForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if submitted(form, actions.acknowledge_dispatch, request, dispatch=dispatch) is not None:
        messages.success(request, _("Thank you. The decision is acknowledged."))
        return redirect(back)
    return form_page(
        request,
        form=form,
        title=_("Acknowledge %(decision)s") % {"decision": dispatch.decision.citation},
        lead=dispatch.decision.title,
        submit=_("Acknowledge"),
        back=back,
        stop_text=True,
        trail=trail_to(Decision, dispatch.decision),
    )


@needs(Permission.REMIND, methods=("POST",))
def dispatch_remind(request: Request, pk: int) -> HttpResponse:
    """Remind one recipient now, with a new link."""
    dispatch = get_object_or_404(queries.dispatches(viewer=request.viewer), pk=pk)
    try:
        reminded = actions.remind_dispatch(dispatch=dispatch, by=request.viewer, at=request.viewer.at)
        _tell_reminded(reminded, request)
    except Refused as error:
        messages.error(request, sentence(error.refusal))
    return redirect(url_of(dispatch.decision))


@needs(Permission.TAKE_BACK_DISPATCH, methods=("GET", "HEAD", "POST"))
def dispatch_take_back(request: Request, pk: int) -> HttpResponse:
    """Take back what was sent by mistake, with the reason."""
    dispatch = get_object_or_404(queries.dispatches(viewer=request.viewer), pk=pk)
    require(Permission.TAKE_BACK_DISPATCH, by=request.viewer, on=dispatch.decision)
    back = url_of(dispatch.decision)
    form = ReasonForm(request.POST or None, viewer=request.viewer)
    if submitted(form, actions.take_back_dispatch, request, dispatch=dispatch) is not None:
        messages.success(request, _("What was sent to %(name)s is taken back.") % {"name": dispatch.name})
        return redirect(back)
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.TAKE_BACK_DISPATCH)),
        lead=f"{dispatch.name}: {dispatch.decision.citation} {dispatch.decision.title}",
        back=back,
        trail=trail_to(Decision, dispatch.decision),
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dispatch_link(request: OpenRequest, secret: str) -> HttpResponse:
    """A recipient without an account reads the decision and acknowledges. Opening the page does and tells nothing, so
    that a mail scanner does and learns nothing.

    The first page is the same whether the link is good, used, too old or made up; only its button tells. It shows the
    decision until it has acknowledged, and then once more, to be printed.
    """
    form = AnswerForm(request.POST if request.method == "POST" and "show" not in request.POST else None)
    at = timezone.now()
    dispatch = queries.opened_by_link(secret, at=at) if request.method == "POST" else None
    outcome = _by_link(dispatch, form, secret, at) if request.method == "POST" else ""
    context = {
        "title": _("Decision for you to acknowledge") if dispatch else _("Something has been sent to you"),
        "form": form,
        "outcome": outcome,
        "dispatch": dispatch,
        "decision": dispatch.decision if dispatch else None,
        "own": queries.answered_for_by(dispatch) if dispatch else (),
    }
    response = render(request, "decisions/dispatch_link.html", context, status=200)
    # Not "no-referrer": with it a browser hides where the form came from, and sending it is refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _tell_sent(count: int, decision: Decision, request: Request) -> None:
    """To how many it went, and which lines of the minutes went to nobody: they wait still."""
    said = ngettext(
        "The decision is sent to %(count)s recipient.", "The decision is sent to %(count)s recipients.", count
    )
    messages.success(request, said % {"count": count})
    left = queries.lines_left(decision, viewer=request.viewer)
    if left:
        words = ", ".join(line.text for line in left)
        said = ngettext(
            "%(count)s line of the minutes has no recipient yet: %(lines)s.",
            "%(count)s lines of the minutes have no recipient yet: %(lines)s.",
            len(left),
        )
        messages.warning(request, said % {"count": len(left), "lines": words})


def _tell_reminded(dispatch: Dispatch, request: Request) -> None:
    if dispatch.unreachable_at is None:
        messages.success(request, _("%(name)s is reminded.") % {"name": dispatch.name})
    else:
        said = _("%(name)s could not be reached: there is neither an account nor an e-mail address.")
        messages.error(request, said % {"name": dispatch.name})


def _sent(form: DispatchForm, decision: Decision, request: Request) -> int | None:
    try:
        sent = actions.dispatch_decision(decision=decision, to=form.chosen(), by=request.viewer, at=request.viewer.at)
    except Refused as error:
        form.add_error(None, sentence(error.refusal))
        return None
    return len(sent)


def _by_link(dispatch: Dispatch | None, form: AnswerForm, secret: str, at: datetime) -> str:
    """What has come of the button: the link is refused, the decision is shown, or just acknowledged."""
    if dispatch is None:
        return "refused"
    if not form.is_bound or not form.is_valid():
        return "shown"
    try:
        actions.acknowledge_by_link(
            secret=secret, answer=form.cleaned_data["answer"], by=system_viewer(at=at, job="actor.link"), at=at
        )
    except Refused:
        return "refused"
    return "done"

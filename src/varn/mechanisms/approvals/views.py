"""What waits for the reader's approval, what they have asked for, and what nobody does alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.doors import fresh, needs, signed_in
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.approvals import actions, queries
from varn.mechanisms.approvals.forms import ApproveForm, AskForm, DenyForm, WithdrawForm
from varn.mechanisms.approvals.lifecycle import ApprovalState
from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.approvals.permissions import Permission
from varn.mechanisms.approvals.showing import effects_of, shown_protected
from varn.mechanisms.approvals.tables import ApprovalTable, DecidedTable, OwnTable
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, functions, sentence, word

HELP = "godkannanden"
WRITES = ["GET", "HEAD", "POST"]


@needs(Permission.ASK)
def approval_list(request: Request) -> HttpResponseBase:
    """What the reader may decide, the request that ends first first."""
    return list_page(
        request,
        queryset=queries.waiting_for(request.viewer),
        table=ApprovalTable,
        title=_("Waiting for my approval"),
        name="approvals:waiting",
        lead=_("What nobody does alone. You see what you may decide, and nothing of your own."),
        empty=_("Nothing waits for you."),
        template="approvals/list.html",
        context=_tabs(request),
    )


@needs(Permission.ASK)
def own_list(request: Request) -> HttpResponseBase:
    """What the reader has asked others to approve."""
    return list_page(
        request,
        queryset=queries.own_approvals(viewer=request.viewer),
        table=OwnTable,
        title=_("My requests"),
        name="approvals:own",
        empty=_("What you have asked others to approve stands here."),
        template="approvals/list.html",
        context=_tabs(request),
    )


@needs(Permission.ASK)
def decided_list(request: Request) -> HttpResponseBase:
    """What the reader has approved and denied."""
    return list_page(
        request,
        queryset=queries.decided_approvals(viewer=request.viewer),
        table=DecidedTable,
        title=_("What I have decided"),
        name="approvals:decided",
        empty=_("What you have approved or denied stands here."),
        template="approvals/list.html",
        context=_tabs(request),
    )


@needs(Permission.READ_PROTECTED)
def protected_list(request: Request) -> HttpResponse:
    """What nobody does alone, why, and who approves it."""
    shown = shown_protected(queries.protected_actions(viewer=request.viewer), day=request.viewer.day)
    since = queries.in_force_since(viewer=request.viewer)
    context = {"title": _("What nobody does alone"), "rows": shown, "since": since, **_tabs(request)}
    return render(request, "approvals/protected_list.html", context)


@signed_in
@require_safe
def approval_detail(request: Request, reference: str) -> HttpResponse:
    """One request: what exactly will be done, who asks and why, and what became of it."""
    approval = get_object_or_404(queries.approvals(viewer=request.viewer), reference=reference)
    context = detail_context(
        approval,
        request=request,
        title=capfirst(word(approval.action)),
        facts=_facts(approval),
        trail=trail_to(Approval),
        actions=_carry_out(request, approval),
        help_page=HELP,
        pressing=("ask", "approve"),
    )
    return render(request, "approvals/approval.html", context | _told(approval))


@signed_in
@require_http_methods(WRITES)
@fresh
def approval_ask(request: Request, reference: str) -> HttpResponse:
    """The reader sees what will be done, says why, and asks."""
    done = _("It now waits for another person’s approval. You are told when it is decided.")
    return _step(request, reference, Permission.ASK, AskForm, actions.ask_approval, done)


@signed_in
@require_http_methods(WRITES)
@fresh
def approval_approve(request: Request, reference: str) -> HttpResponse:
    """Another person says yes."""
    return _step(request, reference, Permission.APPROVE, ApproveForm, actions.approve_approval, _("It is approved."))


@signed_in
@require_http_methods(WRITES)
@fresh
def approval_deny(request: Request, reference: str) -> HttpResponse:
    """Another person says no, and why."""
    return _step(request, reference, Permission.DENY, DenyForm, actions.deny_approval, _("It is denied."))


@signed_in
@require_http_methods(WRITES)
def approval_withdraw(request: Request, reference: str) -> HttpResponse:
    """The one who asked takes it back."""
    done = _("The request is withdrawn.")
    return _step(request, reference, Permission.WITHDRAW, WithdrawForm, actions.withdraw_approval, done)


def _step(
    request: Request,
    reference: str,
    permission: Permission,
    form_class: type[Form],
    action: Callable[..., Approval],
    done: str,
) -> HttpResponse:
    """The page of one verb on a request. Not seen is 404; seen and not permitted is 404, and 403 to a POST."""
    approval = get_object_or_404(queries.approvals(viewer=request.viewer), reference=reference)
    if not may(request.viewer, permission, approval):
        if request.method == "POST":
            raise PermissionDenied(permission)
        raise Http404
    form = form_class(sent(request), viewer=request.viewer)
    made = submitted(form, action, request, approval=approval)
    if made is not None:
        _say(request, made, done)
        return redirect(url_of(made))
    title = capfirst(word(permission))
    return form_page(
        request,
        form=form,
        title=title,
        lead=capfirst(word(approval.action)),
        explanation=explanation(permission),
        back=url_of(approval),
        danger=permission is Permission.DENY,
        stop_text=permission is not Permission.WITHDRAW,
        help_page=HELP,
        trail=trail_to(Approval, approval),
        template="approvals/step.html",
        context={"approval": approval, "facts": _facts(approval)} | _told(approval),
    )


def _say(request: Request, approval: Approval, done: str) -> None:
    if approval.state == ApprovalState.FAILED:
        messages.warning(request, sentence(Refusal("approvals:refusal.not_done")) + " " + _outcome(approval))
    elif approval.state == ApprovalState.EXECUTED:
        messages.success(request, _("It is approved and done."))
    else:
        messages.success(request, done)


def _told(approval: Approval) -> dict[str, Any]:
    return {"effects": effects_of(approval), "why": approval.row}


def _facts(approval: Approval) -> list[Fact]:
    asked_as = functions(approval.requested_as)
    facts = [
        Fact(label=_("What"), value=capfirst(word(approval.action))),
        Fact(label=_("About"), value=approval.about),
        Fact(label=_("Asked by"), value=approval.requested_by.name, note=asked_as),
        Fact(label=_("Reason"), value=approval.reason),
        Fact(label=_("Asked"), value=approval.requested_at),
        Fact(label=_("To be decided before"), value=approval.expires_at),
    ]
    if approval.decided_by is not None:
        facts += [
            Fact(label=_("Decided by"), value=approval.decided_by.name),
            Fact(label=_("Decided"), value=approval.decided_at),
            Fact(label=_("Comment of the one who decided"), value=approval.decision_reason),
        ]
    if approval.executed_at is not None:
        facts.append(Fact(label=_("Done"), value=approval.executed_at))
    if approval.outcome:
        facts.append(Fact(label=_("Why it was not done"), value=_outcome(approval)))
    return facts


def _outcome(approval: Approval) -> str:
    return sentence(Refusal(approval.outcome, **approval.outcome_values))


def _carry_out(request: Request, approval: Approval) -> list[Link]:
    """Whoever asked goes back to where they came from, and does what they now may."""
    own = approval.requested_by_id == request.viewer.account_id
    if not own or approval.state != ApprovalState.APPROVED or not approval.requested_from:
        return []
    return [Link(label=_("Do it now"), url=approval.requested_from, icon="arrow-right", primary=True)]


def _tabs(request: Request) -> dict[str, Any]:
    viewer, listed = request.viewer, [(_("What nobody does alone"), "approvals:protected_action-list")]
    pages = (
        (_("Waiting for my approval"), "approvals:approval-list"),
        (_("My requests"), "approvals:approval-own"),
        (_("What I have decided"), "approvals:approval-decided"),
    )
    shown = [*(pages if viewer.may(Permission.ASK) else ()), *(listed if viewer.may(Permission.READ_PROTECTED) else ())]
    tabs = [Link(label=label, url=reverse(name), current=request.path == reverse(name)) for label, name in shown]
    return {"tabs": tabs, "help_page": HELP}

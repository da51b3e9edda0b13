"""What is done to a decision that is no move: it follows up another, is repealed by another, its days are corrected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, queries
from varn.areas.decisions.forms.decisions import ChooseDecisionForm, CorrectDaysForm, FollowForm
from varn.areas.decisions.models import Decision
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.views.decisions import found
from varn.areas.decisions.views.telling import about_decision
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.require import require
from varn.mechanisms.links import url_of
from varn.mechanisms.ui.forms import Stored, form_page, stored, submitted
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, word


@needs(Permission.FOLLOW, methods=("GET", "HEAD", "POST"))
def decision_follow(request: Request, reference: str) -> HttpResponse:
    """Say which earlier decision this one follows up."""
    decision = found(request, reference)
    require(Permission.FOLLOW, by=request.viewer, on=decision)
    follows = queries.decision_seen(decision.follows_id, viewer=request.viewer)
    said = Stored(decision, {"follows": follows.reference if follows else ""})
    form = FollowForm(request.POST or None, viewer=request.viewer, thing=decision, initial=said)
    if submitted(form, actions.follow_decision, request, decision=decision) is not None:
        messages.success(request, _("The link is saved."))
        return redirect(url_of(decision))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.FOLLOW)),
        lead=about_decision(decision),
        explanation=explanation(Permission.FOLLOW),
        back=url_of(decision),
        trail=trail_to(Decision, decision),
    )


@needs(Permission.REPEAL_DECISION, methods=("GET", "HEAD", "POST"))
def decision_repeal(request: Request, reference: str) -> HttpResponse:
    """Say which later decision of the same or a higher body has repealed this one."""
    decision = found(request, reference)
    require(Permission.REPEAL_DECISION, by=request.viewer, on=decision)
    form = ChooseDecisionForm(request.POST or None, viewer=request.viewer, thing=decision)
    if submitted(form, actions.repeal_decision, request, decision=decision) is not None:
        messages.success(request, _("The decision is repealed."))
        return redirect(url_of(decision))
    return form_page(
        request,
        form=form,
        title=_("Repeal by a later decision"),
        submit=capfirst(word(Permission.REPEAL_DECISION)),
        lead=about_decision(decision),
        back=url_of(decision),
        trail=trail_to(Decision, decision),
        danger=True,
        explanation=explanation(Permission.REPEAL_DECISION),
        template="decisions/deed.html",
        context={"touched": queries.open_assignments_by(decision, viewer=request.viewer)},
    )


@needs(Permission.CORRECT_DAYS, methods=("GET", "HEAD", "POST"))
def decision_correct_days(request: Request, reference: str) -> HttpResponse:
    """Say on which days the minutes really were verified and posted; the days of the law follow."""
    decision = found(request, reference)
    require(Permission.CORRECT_DAYS, by=request.viewer, on=decision)
    form = CorrectDaysForm(
        request.POST or None, viewer=request.viewer, thing=decision, initial=stored(CorrectDaysForm, decision)
    )
    if submitted(form, actions.correct_days, request, decision=decision) is not None:
        messages.success(request, _("The days are corrected, and those of the law are counted anew."))
        return redirect(url_of(decision))
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.CORRECT_DAYS)),
        lead=about_decision(decision),
        back=url_of(decision),
        trail=trail_to(Decision, decision),
    )

"""Feedback on accessibility: anyone may send it, the administrator answers."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.mechanisms.access.doors import needs, public
from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.door import actions, queries
from varn.mechanisms.door.forms import AnswerForm, FeedbackForm
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.door.tables import FEEDBACKS, FeedbackFilter, FeedbackTable
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, sent, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.words import language


@public
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_send(request: OpenRequest) -> HttpResponse:
    """The form that the accessibility statement links to."""
    form = FeedbackForm(sent(request), initial={"page": request.GET.get("page", "")[:300]})
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        if ratelimit.consume(request, action="feedback"):
            by = request.viewer or system_viewer(at=at, job="actor.visitor")
            actions.send_feedback(**form.cleaned_data, language=language(), by=by, at=at)
            return redirect("door:feedback-sent")
        form.add_error(None, _("Much feedback has come from you in a short time. Wait a while and try again."))
    return render(request, "door/feedback_send.html", {"form": form, "title": _("Report a defect in accessibility")})


@public
@require_safe
def feedback_sent(request: OpenRequest) -> HttpResponse:
    """Thanks, and what happens now."""
    return render(request, "door/feedback_sent.html", {"title": _("Thank you")})


@needs(Permission.READ_FEEDBACK)
def feedback_list(request: Request) -> HttpResponseBase:
    """What has come in."""
    return list_page(
        request,
        queryset=queries.feedback(viewer=request.viewer),
        table=FeedbackTable,
        filterset=FeedbackFilter,
        title=_("Accessibility feedback"),
        name="door:feedback",
        columns=FEEDBACKS,
        export_permission=Permission.READ_FEEDBACK,
        first_step=Link(label=_("To the public form"), url=reverse("door:feedback-send"), icon="accessible"),
        empty=_("What people could not use stands here, to be answered as soon as possible."),
    )


@needs(Permission.READ_FEEDBACK)
def feedback_detail(request: Request, reference: str) -> HttpResponse:
    """One piece of feedback, and its answer."""
    feedback = get_object_or_404(queries.feedback(viewer=request.viewer), reference=reference)
    facts = [
        Fact(label=_("What could not be used"), value=feedback.text),
        Fact(label=_("Page"), value=feedback.page),
        Fact(label=_("E-mail address"), value=feedback.email),
        Fact(label=_("Received"), value=feedback.received_at),
        Fact(
            label=_("To be answered"),
            value=_("as soon as possible"),
            note=_("(rule %(rule)s)") % {"rule": feedback.law},
        ),
        Fact(label=_("Answer"), value=feedback.answer),
    ]
    trail = [Link(label=_("Accessibility feedback"), url=reverse("door:feedback-list"))]
    return render(request, "ui/detail.html", detail_context(feedback, request=request, facts=facts, trail=trail))


@needs(Permission.ANSWER_FEEDBACK, methods=("GET", "HEAD", "POST"))
def feedback_answer(request: Request, reference: str) -> HttpResponse:
    """The answer, which is mailed to whoever left an address."""
    feedback = get_object_or_404(queries.feedback(viewer=request.viewer), reference=reference)
    form = AnswerForm(sent(request))
    if submitted(form, actions.answer_feedback, request, feedback=feedback) is not None:
        messages.success(request, _("The feedback is answered."))
        return redirect(url_of(feedback))
    return form_page(
        request,
        form=form,
        title=_("Answer the feedback"),
        lead=feedback.text,
        submit=_("Send the answer"),
        back=url_of(feedback),
        trail=[Link(label=feedback.reference, url=url_of(feedback))],
    )

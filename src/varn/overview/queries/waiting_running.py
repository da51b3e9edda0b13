"""What the installation needs of whoever runs it."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door.lifecycle import FeedbackState
from varn.mechanisms.door.permissions import Permission as Door
from varn.mechanisms.door.queries import feedback
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.installation.permissions import Permission as Ui
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.jobs.permissions import Permission as Jobs
from varn.mechanisms.notices.models import Mail, MailState
from varn.mechanisms.notices.permissions import Permission as Notices
from varn.mechanisms.ui.words import word
from varn.overview.first_run.code import mark_of_code
from varn.overview.queries.founding import somebody_appoints
from varn.overview.rules import Button, Row, Urgency

MOST = 1000
MOST_FEEDBACK = 40


def installation_needs(viewer: Viewer) -> Iterator[Row]:
    """The first run, mail that could not be sent, jobs that fail, feedback to answer; for those who can mend it."""
    if viewer.may(Ui.CHANGE_SETTINGS) and not installation().is_ready and mark_of_code():
        yield _first_run_row()
    elif viewer.may(Ui.CHANGE_SETTINGS) and not somebody_appoints(viewer.day):
        yield _nobody_appoints_row()
    if viewer.may(Notices.READ_MAIL):
        if not settings.HAS_MAIL_SERVER:
            yield _no_server_row()
        count = Mail.objects.filter(state=MailState.FAILED)[:MOST].count()
        if count:
            yield _failed_mail_row(count)
    if viewer.may(Jobs.READ_RUNS):
        yield from _failing_jobs()
    if viewer.may(Door.ANSWER_FEEDBACK):
        yield from _unanswered_feedback(viewer)


def _first_run_row() -> Row:
    url = reverse("overview:first_run-imports")
    return Row(
        urgency=Urgency.DECIDE,
        kind="overview:first_run",
        title=_("The first run goes on"),
        reason=Refusal("overview:reason.first_run"),
        url=url,
        buttons=(Button(label=_("Go on"), url=url),),
    )


def _nobody_appoints_row() -> Row:
    url = reverse("imports:run-list")
    return Row(
        urgency=Urgency.DECIDE,
        kind="organisation:appointment",
        title=_("Nobody may appoint"),
        reason=Refusal("overview:reason.nobody_appoints"),
        url=url,
        buttons=(Button(label=_("Bring in a file"), url=url),),
    )


def _no_server_row() -> Row:
    url = reverse("notices:mail-list")
    return Row(
        urgency=Urgency.DECIDE,
        kind="notices:mail",
        title=_("No mail server is set"),
        reason=Refusal("overview:reason.no_mail_server"),
        url=url,
        buttons=(Button(label=_("See which"), url=url),),
    )


def _failed_mail_row(count: int) -> Row:
    url = f"{reverse('notices:mail-list')}?state={MailState.FAILED}"
    return Row(
        urgency=Urgency.DECIDE,
        kind="notices:mail",
        title=_("Mail that could not be sent"),
        reason=Refusal("overview:reason.failed_mail", count=count),
        url=url,
        buttons=(Button(label=_("See which"), url=url),),
    )


def _failing_jobs() -> Iterator[Row]:
    ended = Run.objects.exclude(outcome=Outcome.RUNNING)
    later = ended.filter(name=OuterRef("name"), started_at__gt=OuterRef("started_at"))
    failed = Run.objects.filter(~Exists(later), outcome__in=[Outcome.FAILED, Outcome.LOST])
    for run in failed.order_by("name", "pk"):
        url = reverse("jobs:run-list")
        yield Row(
            urgency=Urgency.DECIDE,
            kind="jobs:run",
            title=capfirst(word(run.name)),
            reason=Refusal("overview:reason.failed_job", day=timezone.localdate(run.started_at)),
            url=url,
            buttons=(Button(label=_("See what happened"), url=url),),
        )


def _unanswered_feedback(viewer: Viewer) -> Iterator[Row]:
    waiting = feedback(viewer=viewer).filter(state=FeedbackState.RECEIVED).order_by("received_at", "pk")
    for one in waiting[:MOST_FEEDBACK]:
        url = reverse("door:feedback-detail", args=[one.reference])
        yield Row(
            urgency=Urgency.DECIDE,
            kind="door:feedback",
            title=_("Feedback on accessibility"),
            reason=Refusal("overview:reason.feedback", day=timezone.localdate(one.received_at)),
            url=url,
            reference=one.reference,
            buttons=(Button(label=_("Write an answer"), url=url),),
        )

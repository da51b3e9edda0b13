from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varn.mechanisms.access.doors import needs, signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.notices import actions, queries
from varn.mechanisms.notices.models import Mail
from varn.mechanisms.notices.permissions import Permission
from varn.mechanisms.notices.reading import mark_read
from varn.mechanisms.notices.sentences import sentence_of
from varn.mechanisms.notices.tables import EXPORTED, MailFilter, MailTable
from varn.mechanisms.ui.details import Fact
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.paging import rows_on
from varn.mechanisms.ui.words import sentence, word

PER_PAGE = 25


@signed_in
@require_safe
def notice_list(request: Request) -> HttpResponse:
    """The reader's own notices, newest first."""
    page = rows_on(queries.notices(viewer=request.viewer), request.GET.get("page", "1"), PER_PAGE)
    settled = queries.settled(page)
    rows = [(notice, sentence_of(notice), notice.pk in settled) for notice in page]
    has_unread = queries.unread_count(viewer=request.viewer) > 0
    return render(request, "notices/list.html", {"page": page, "rows": rows, "has_unread": has_unread})


@signed_in
@require_POST
def notice_open(request: Request, pk: int) -> HttpResponse:
    """The notice is read, and the reader is led to what it is about."""
    notice = get_object_or_404(queries.notices(viewer=request.viewer), pk=pk)
    mark_read(viewer=request.viewer, at=request.viewer.at, notice_id=notice.pk)
    within = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if within else "notices:notice-list")


@signed_in
@require_POST
def notice_read_all(request: Request) -> HttpResponse:
    """All the reader's notices are read."""
    mark_read(viewer=request.viewer, at=request.viewer.at)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notices:notice-list")


@needs(Permission.READ_MAIL)
def mail_list(request: Request) -> HttpResponseBase:
    """The outbox: what goes out, what went out, and what did not, with why."""
    return list_page(
        request,
        queryset=queries.mails(viewer=request.viewer),
        table=MailTable,
        filterset=MailFilter,
        title=_("Mail"),
        lead=_("Mail says only that something waits, and where. Each is tried eight times over eleven hours."),
        name="notices:mail",
        template="notices/mails.html",
        context={"has_server": settings.HAS_MAIL_SERVER},
        columns=EXPORTED,
        export_permission=Permission.READ_MAIL,
        empty=_("Mail that Värn sends stands here, with what did not go out and why."),
    )


@needs(Permission.RETRY_MAIL, methods=("GET", "HEAD", "POST"))
def mail_retry(request: Request, pk: int) -> HttpResponse:
    """The mail is due again at once."""
    mail = get_object_or_404(queries.mails(viewer=request.viewer), pk=pk)
    if request.method != "POST":
        return render(request, "notices/retry.html", {"facts": _facts(mail)})
    try:
        actions.retry_mail(mail=mail, by=request.viewer, at=request.viewer.at)
    except Refused as error:
        messages.error(request, sentence(error.refusal))
    else:
        messages.success(request, _("The mail to %(address)s is tried again within a minute.") % {"address": mail.to})
    return redirect("notices:mail-list")


def _facts(mail: Mail) -> list[Fact]:
    return [
        Fact(label=_("To"), value=mail.to),
        Fact(label=_("Subject"), value=mail.subject),
        Fact(label=_("State"), value=word(f"notices:mail_state.{mail.state}")),
        Fact(label=_("Why it did not go out"), value=mail.last_error and word(f"notices:fault.{mail.last_error}")),
        Fact(label=_("Tries"), value=mail.attempts),
    ]

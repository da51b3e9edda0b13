"""What can be put beside any record: a comment, a file."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.request import Request
from varn.mechanisms.attachments.actions import attach_to_record
from varn.mechanisms.attachments.permissions import Permission as Attachments
from varn.mechanisms.comments.actions import write_comment
from varn.mechanisms.comments.permissions import Permission as Comments
from varn.mechanisms.links import Link, name_of, url_of
from varn.mechanisms.ui.details import takes_notes
from varn.mechanisms.ui.forms import Form, form_page, sent, sent_files, submitted
from varn.mechanisms.ui.notes import CommentForm, FileForm


@needs(Comments.WRITE, methods=("GET", "HEAD", "POST"))
def comment_write(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """A comment on a record that the reader sees."""
    form, thing = CommentForm(sent(request)), _record(request, area, kind, pk)
    return _put(request, thing, form, write_comment, title=_("Write a comment"), done=_("The comment is written."))


@needs(Attachments.ATTACH, methods=("GET", "HEAD", "POST"))
def attachment_attach(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """A file on a record that the reader sees."""
    form, thing = FileForm(sent(request), sent_files(request)), _record(request, area, kind, pk)
    return _put(request, thing, form, attach_to_record, title=_("Add a file"), done=_("The file is added."))


def _put(
    request: Request,
    thing: models.Model,
    form: Form,
    action: Callable[..., Any],
    *,
    title: str | Promise,
    done: str | Promise,
) -> HttpResponse:
    if submitted(form, action, request, thing=thing) is not None:
        messages.success(request, str(done))
        return redirect(url_of(thing))
    return form_page(
        request,
        form=form,
        title=title,
        lead=_("Everyone who sees %(record)s can read it.") % {"record": thing},
        submit=title,
        back=url_of(thing),
        stop_text=True,
        trail=[Link(label=str(thing), url=url_of(thing))],
    )


def _record(request: Request, area: str, kind: str, pk: int) -> models.Model:
    """The record of this kind and number, if the reader sees it and it takes comments and files."""
    model = next((one for one in apps.get_models() if takes_notes(one) and name_of(one) == f"{area}:{kind}"), None)
    if model is None:
        raise Http404
    return get_object_or_404(visible(model, request.viewer), pk=pk)

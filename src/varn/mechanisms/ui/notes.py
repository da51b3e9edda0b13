"""Comments and files beside a record: their forms, and where they are written."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.access.request import Request
from varn.mechanisms.attachments.fields import UploadField
from varn.mechanisms.attachments.models import Attachment
from varn.mechanisms.attachments.permissions import Permission as Attachments
from varn.mechanisms.attachments.queries import attachments_of
from varn.mechanisms.comments.models import Comment
from varn.mechanisms.comments.permissions import Permission as Comments
from varn.mechanisms.comments.queries import comments_on
from varn.mechanisms.links import name_of
from varn.mechanisms.ui.forms import Form

LONGEST = 10_000


class CommentForm(Form):
    """What is said."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


class FileForm(Form):
    """Which file."""

    file = UploadField(label=_("File"))


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What stands beside a record, and where more is added; no address where the reader may not."""

    comments: list[Comment]
    files: list[Attachment]
    comment_url: str = ""
    attach_url: str = ""


def notes_beside(thing: models.Model, *, request: Request) -> Notes:
    """The comments and the files of a record that the reader sees."""
    viewer, model = request.viewer, type(thing)
    files = attachments_of(model._default_manager.filter(pk=thing.pk), viewer=viewer)
    return Notes(
        comments=list(comments_on(thing, viewer=viewer)),
        files=files.get(thing.pk, []),
        comment_url=_url(thing, "comment") if viewer.may(Comments.WRITE) else "",
        attach_url=_url(thing, "attach") if viewer.may(Attachments.ATTACH) else "",
    )


def _url(thing: Any, verb: str) -> str:
    area, kind = name_of(type(thing)).split(":")
    return reverse(f"ui:record-{verb}", args=[area, kind, thing.pk])

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn.mechanisms.access.doors import View, needs, signed_in
from varn.mechanisms.access.querysets import may, visible
from varn.mechanisms.access.request import Request
from varn.mechanisms.attachments.actions import attach
from varn.mechanisms.attachments.fields import UploadField
from varn.mechanisms.attachments.queries import attachment_seen
from varn.mechanisms.attachments.storing import path_of


@signed_in
@require_safe
def attachment_download(request: Request, pk: int) -> FileResponse:
    """The file, to be saved and never shown in place, for a reader who may see the thing it belongs to."""
    attachment = attachment_seen(pk, viewer=request.viewer)
    if attachment is None:
        raise Http404
    try:
        file = path_of(attachment.stored_name).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def attach_view(model: type[models.Model], permission: str, *, back: Callable[[Any], str]) -> View:
    """The view behind "Add a file" on the page of one kind of thing; `back` gives the address of that page."""

    @needs(permission, methods=("POST",))
    def view(request: Request, **key: Any) -> HttpResponse:
        thing = get_object_or_404(visible(model, request.viewer), **key)
        if not may(request.viewer, permission, thing):
            raise PermissionDenied(permission)
        field = UploadField(allow_empty_file=False)
        try:
            file = field.clean(request.FILES.get("file"))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(back(thing))
        attachment = attach(thing=thing, file=file, by=request.viewer, at=request.viewer.at)
        messages.success(request, _("%(name)s is added.") % {"name": attachment.name})
        return redirect(back(thing))

    view.__name__ = f"{model.__name__.lower()}_attach"
    return view

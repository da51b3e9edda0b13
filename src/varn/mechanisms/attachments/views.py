from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from varn.mechanisms.access.doors import signed_in
from varn.mechanisms.access.request import Request
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
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response

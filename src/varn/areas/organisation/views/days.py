"""What a page is about, from its address."""

from django.http import Http404

from varn.mechanisms.access.request import Request


def number_of(request: Request, name: str) -> int | None:
    """A number named in the address, or `None`. One that cannot be read does not exist."""
    written = request.GET.get(name, "")
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 15:
        raise Http404
    return int(written)

"""Handbok: how each part of Värn is used."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn.mechanisms.access.doors import signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.ui import handbook


@signed_in
@require_safe
def handbook_list(request: Request) -> HttpResponse:
    """The pages of the handbook."""
    return render(request, "ui/handbook_list.html", {"pages": handbook.pages(), "title": _("Handbook")})


@signed_in
@require_safe
def handbook_page(request: Request, slug: str) -> HttpResponse:
    """One page of the handbook."""
    page = handbook.page(slug)
    if page is None:
        raise Http404
    return render(request, "ui/handbook_page.html", {"page": page, "pages": handbook.pages(), "title": page.title})

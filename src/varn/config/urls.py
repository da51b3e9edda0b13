"""The root URLs: each area and mechanism under its own prefix."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

MOUNTED = (
    ("", "varn.mechanisms.ui.urls"),
    ("", "varn.mechanisms.door.urls"),
    ("notices/", "varn.mechanisms.notices.urls"),
    ("jobs/", "varn.mechanisms.jobs.urls"),
    ("imports/", "varn.mechanisms.imports.urls"),
    ("attachments/", "varn.mechanisms.attachments.urls"),
    ("search/", "varn.mechanisms.search.urls"),
    ("organisation/", "varn.areas.organisation.urls"),
    ("decisions/", "varn.areas.decisions.urls"),
    ("", "varn.overview.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(name)) for prefix, name in MOUNTED if find_spec(name)
]

handler400 = "varn.mechanisms.ui.views.errors.bad_request"
handler403 = "varn.mechanisms.ui.views.errors.forbidden"
handler404 = "varn.mechanisms.ui.views.errors.not_found"
handler500 = "varn.mechanisms.ui.views.errors.server_error"

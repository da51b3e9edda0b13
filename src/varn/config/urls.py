"""The root URLs: each area and mechanism under its own prefix."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("varn.overview.urls")),
    path("", include("varn.mechanisms.ui.urls")),
    path("", include("varn.mechanisms.door.urls")),
    path("", include("varn.mechanisms.secrecy.urls")),
    path("", include("varn.mechanisms.directory.urls")),
    path("", include("varn.mechanisms.web.urls")),
    path("notices/", include("varn.mechanisms.notices.urls")),
    path("jobs/", include("varn.mechanisms.jobs.urls")),
    path("imports/", include("varn.mechanisms.imports.urls")),
    path("attachments/", include("varn.mechanisms.attachments.urls")),
    path("search/", include("varn.mechanisms.search.urls")),
    path("approvals/", include("varn.mechanisms.approvals.urls")),
    path("organisation/", include("varn.areas.organisation.urls")),
    path("decisions/", include("varn.areas.decisions.urls")),
]

handler400 = "varn.mechanisms.ui.views.errors.bad_request"
handler403 = "varn.mechanisms.ui.views.errors.forbidden"
handler404 = "varn.mechanisms.ui.views.errors.not_found"
handler500 = "varn.mechanisms.ui.views.errors.server_error"
handler429 = "varn.mechanisms.ui.views.errors.too_many"

"""Two namespaces: `secrecy` for who sees a record, and what `door` takes up in `access`, whose tables these are."""

from django.urls import include, path

from varn.mechanisms.secrecy.views import compartments, explaining, records

RECORD = "secrecy/<str:area>/<str:kind>/<int:pk>"

access = [
    path("compartments/", compartments.compartment_mine, name="compartment-list"),
    path("compartments/create/", compartments.compartment_create, name="compartment-create"),
    path("compartments/<str:reference>/", compartments.compartment_detail, name="compartment-detail"),
    path("compartments/<str:reference>/grant/", compartments.membership_grant, name="compartment-grant"),
    path("memberships/<int:pk>/end/", compartments.membership_end, name="membership-end"),
]

secrecy = [
    path("secrecy/explain/", explaining.explain_tool, name="explain"),
    path("secrecy/subjects/<int:pk>/end/", records.subject_end, name="subject-end"),
    path("secrecy/shares/<int:pk>/take_back/", records.share_take_back, name="share-take_back"),
    path(f"{RECORD}/", records.record_detail, name="record-detail"),
    path(f"{RECORD}/set_level/", records.level_set, name="record-set_level"),
    path(f"{RECORD}/lower_level/", records.level_lower, name="record-lower_level"),
    path(f"{RECORD}/place/", records.record_place, name="record-place"),
    path(f"{RECORD}/take_out/", records.record_take_out, name="record-take_out"),
    path(f"{RECORD}/record_subject/", records.subject_record, name="record-record_subject"),
    path(f"{RECORD}/share/", records.share_give, name="record-share"),
    path(f"{RECORD}/explain/", explaining.record_explain, name="record-explain"),
]

urlpatterns = [path("", include((secrecy, "secrecy")))]

"""The pages of the connection, the addresses of single sign-on, and the directory's own door under /scim/v2/."""

from django.urls import URLPattern, URLResolver, include, path

from varn.mechanisms.directory.scim import discovery
from varn.mechanisms.directory.scim import views as scim
from varn.mechanisms.directory.views import connection, signing_in

app_name = "directory"

SCIM = [
    path("ServiceProviderConfig", discovery.config, name="scim-config"),
    path("ResourceTypes", discovery.kinds, name="scim-kind-list"),
    path("ResourceTypes/<str:key>", discovery.kind, name="scim-kind"),
    path("Schemas", discovery.schemas, name="scim-schema-list"),
    path("Schemas/<str:key>", discovery.schema, name="scim-schema"),
    path("Users", scim.user_list, name="scim-user-list"),
    path(".search", scim.search, name="scim-search"),
    path("Users/.search", scim.user_search, name="scim-user-search"),
    path("Groups/.search", scim.group_search, name="scim-group-search"),
    path("Users/<str:key>", scim.user, name="scim-user"),
    path("Groups", scim.group_list, name="scim-group-list"),
    path("Groups/<str:key>", scim.group, name="scim-group"),
    path("<path:rest>", discovery.nothing, name="scim-nothing"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("directory/", connection.connection, name="connection"),
    path("directory/tokens/create/", connection.token_create, name="token-create"),
    path("directory/tokens/<int:pk>/revoke/", connection.token_revoke, name="token-revoke"),
    path("directory/groups/", connection.group_list, name="group-list"),
    path("directory/groups/name/", connection.group_name, name="group-name"),
    path("sso/<slug:key>/", signing_in.begin, name="sso-begin"),
    path("sso/<slug:key>/callback/", signing_in.callback, name="sso-callback"),
    path("sso/<slug:key>/assertion/", signing_in.assertion, name="sso-assertion"),
    path("sso/<slug:key>/finish/", signing_in.finish, name="sso-finish"),
    path("sso/<slug:key>/metadata/", signing_in.metadata, name="sso-metadata"),
    path("scim/v2/", include(SCIM)),
]

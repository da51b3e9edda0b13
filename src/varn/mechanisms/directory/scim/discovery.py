"""What the directory is told of the door itself: what it can do, and which kinds of resources and schemas there are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from scim2_models import Context

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.directory.scim.answers import answer, refused
from varn.mechanisms.directory.scim.door import for_directory
from varn.mechanisms.directory.scim.resources import CONFIG, PROVIDER

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


def _config(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return answer(_told(CONFIG))


def _kinds(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _all(PROVIDER.resource_types)


def _kind(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    return _one([each for each in PROVIDER.resource_types if str(each.name) == key])


def _schemas(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _all(PROVIDER.schemas)


def _schema(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    return _one([each for each in PROVIDER.schemas if str(each.id) == key])


def _nothing(request: HttpRequest, *, rest: str = "", by: Viewer, at: datetime) -> HttpResponse:
    return refused(404, "There is nothing here.")


config = for_directory(GET=_config)
kinds = for_directory(GET=_kinds)
kind = for_directory(GET=_kind)
schemas = for_directory(GET=_schemas)
schema = for_directory(GET=_schema)
nothing = for_directory(GET=_nothing, POST=_nothing, PUT=_nothing, PATCH=_nothing, DELETE=_nothing)


def _all(found: Sequence[Any]) -> HttpResponse:
    shown = [_told(each) for each in found]
    page = {"schemas": [LIST], "totalResults": len(shown), "startIndex": 1, "itemsPerPage": len(shown)}
    return answer(page | {"Resources": shown})


def _one(found: Sequence[Any]) -> HttpResponse:
    return answer(_told(found[0])) if found else refused(404, "There is nothing here.")


def _told(thing: Any) -> dict[str, Any]:
    said: dict[str, Any] = thing.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
    return said

"""What the directory is answered: SCIM in JSON, and why not."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from pydantic import ValidationError
from scim2_models import Context, Error, ListResponse, Meta, Resource, ResponseParameters, SCIMException

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.directory.scim.resources import PROVIDER
from varn.mechanisms.ui.words import sentence

KIND = "application/scim+json"
# Refusals that say that something is there already.
STALE = "directory:refusal.changed_meanwhile"
TAKEN = ("directory:refusal.user_name_taken", "directory:refusal.employee_id_taken")


def answer(content: dict[str, Any] | None, *, status: int = 200, **headers: str) -> HttpResponse:
    """The answer with this content."""
    body = b"" if content is None else json.dumps(content, ensure_ascii=False).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = HttpResponse(body, status=status, content_type=KIND, headers=named)
    response["Cache-Control"] = "no-store"
    return response


def resource_answer(request: HttpRequest, resource: Resource[Any], *, created: bool = False) -> HttpResponse:
    """One resource, with its version; of it no more than was asked for."""
    context = Context.RESOURCE_CREATION_RESPONSE if created else Context.RESOURCE_QUERY_RESPONSE
    meta = resource.meta or Meta()
    if not created and meta.version and request.headers.get("If-None-Match") == meta.version:
        return HttpResponse(status=304, headers={"ETag": meta.version})
    content = resource.model_dump(
        scim_ctx=context, response_parameters=parameters_of(request, type(resource)), scim_provider=PROVIDER
    )
    headers = {"ETag": meta.version or "", "Location": meta.location or ""}
    return answer(content, status=201 if created else 200, **{name: value for name, value in headers.items() if value})


def list_answer(
    request: HttpRequest, kind: Any, found: Sequence[Resource[Any]], *, total: int, start: int = 1
) -> HttpResponse:
    """A page of resources."""
    said: Any = ListResponse[kind](
        total_results=total, start_index=start, items_per_page=len(found), resources=list(found)
    )
    wanted = parameters_of(request, kind)
    context = Context.RESOURCE_QUERY_RESPONSE
    content = said.model_dump(scim_ctx=context, response_parameters=wanted, scim_provider=PROVIDER)
    if total and not found:
        content["Resources"] = []
    return answer(content)


def refused(status: int, detail: str, *, kind: str | None = None, **headers: str) -> HttpResponse:
    """Why not."""
    said = Error(status=status, scim_type=kind, detail=detail)
    return answer(said.model_dump(), status=status, **headers)


def refused_for(refusal: Refusal) -> HttpResponse:
    """Why not, as the product says it, in English: those who read it run a directory."""
    with translation.override("en"):
        detail = sentence(refusal)
    if refusal.key in TAKEN:
        return refused(409, detail, kind="uniqueness")
    return refused(412, detail) if refusal.key == STALE else refused(400, detail, kind="invalidValue")


def refused_by_schema(error: ValidationError | SCIMException) -> HttpResponse:
    """Why not, as the schema says it. What was sent is not repeated."""
    said = error.to_error() if isinstance(error, SCIMException) else Error.from_validation_errors(error)[0]
    return answer(said.model_dump(), status=said.status or 400)


def parameters_of(request: HttpRequest, kind: Any) -> Any:
    """Which attributes were asked for."""
    asked = {name: request.GET[name] for name in ("attributes", "excludedAttributes") if name in request.GET}
    return ResponseParameters[kind].model_validate(asked) if asked else None


def meta_of(kind: str, *, location: str, version: int, made_at: datetime, changed_at: datetime) -> Meta:
    """What the server says of a resource itself."""
    return Meta(
        resource_type=kind,
        created=made_at,
        last_modified=changed_at,
        location=location,
        version=f'W/"{version}"',
    )

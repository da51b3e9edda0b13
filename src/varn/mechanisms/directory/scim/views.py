"""The addresses of SCIM 2.0 (RFC 7644)."""

import json
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError as NoValue
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from scim2_models import (
    Context,
    InvalidFilterException,
    InvalidSyntaxException,
    InvalidValueException,
    NotFoundException,
    PatchOp,
)

from varn.kernel.lifecycle import Refusal
from varn.kernel.secrecy import has_personal_number, has_protected_identity
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.directory import actions
from varn.mechanisms.directory.models import DirectoryGroup, DirectoryUser
from varn.mechanisms.directory.scim import filters, groups, users
from varn.mechanisms.directory.scim.answers import answer, list_answer, refused, resource_answer
from varn.mechanisms.directory.scim.door import for_directory
from varn.mechanisms.directory.scim.resources import CONFIG, MOST_IN_A_PAGE, PROVIDER, FullUser, Group
from varn.mechanisms.moves.making import Refused

M = TypeVar("M", bound=Model)
_PatchOfUser: Any = PatchOp.__class_getitem__(FullUser)


def _user_list(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    found = _filtered(request, users.users(), filters.USERS, FullUser)
    start, count = _page(request)
    page = found.prefetch_related("groups")[start - 1 : start - 1 + count]
    return list_answer(request, FullUser, users.shown(page), total=found.count(), start=start)


def _user_create(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    sent = FullUser.model_validate(_body(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    row = actions.receive_user(draft=users.draft_of(sent), by=by, at=at)
    return resource_answer(request, users.shown([row])[0], created=True)


def _user_read(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    return resource_answer(request, users.shown([_found(users.users(), key)])[0])


def _user_replace(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(users.users(), key)
    sent = FullUser.model_validate(_body(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    before = users.shown([row])[0]
    sent.replace(before)
    return _user_changed(request, row, sent, by=by, at=at)


def _user_patch(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(users.users(), key)
    patch = _PatchOfUser.model_validate(_body(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    user = users.shown([row])[0]
    patch.patch(user)
    return _user_changed(request, row, user, by=by, at=at)


def _user_changed(request: HttpRequest, row: DirectoryUser, user: Any, *, by: Viewer, at: datetime) -> HttpResponse:
    if (stale := _stale(request, row)) is not None:
        return stale
    changed = actions.change_user(user=row, draft=users.draft_of(user, row), by=by, at=at)
    return resource_answer(request, users.shown([changed])[0])


def _user_delete(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(users.users(), key)
    if (stale := _stale(request, row)) is not None:
        return stale
    actions.remove_user(user=row, by=by, at=at)
    return answer(None, status=204)


def _group_list(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    found = _filtered(request, groups.groups(), filters.GROUPS, Group)
    start, count = _page(request)
    shown = groups.shown(found[start - 1 : start - 1 + count], members=_wants_members(request))
    return list_answer(request, Group, shown, total=found.count(), start=start)


def _group_create(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    sent = Group.model_validate(_body(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    groups.refuse_misfits(sent)
    row = actions.receive_group(
        name=str(sent.display_name), external_id=sent.external_id or "", members=groups.members_of(sent), by=by, at=at
    )
    return resource_answer(request, groups.shown([row])[0], created=True)


def _group_read(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(groups.groups(), key)
    return resource_answer(request, groups.shown([row], members=_wants_members(request))[0])


def _group_replace(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(groups.groups(), key)
    sent = Group.model_validate(_body(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    return _group_changed(request, row, groups.shown([row])[0], sent, by=by, at=at)


def _group_patch(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(groups.groups(), key)
    patch = PatchOp[Group].model_validate(_body(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    turnover = groups.simple_turnover(patch.operations or [])
    if turnover is not None and _stale(request, row) is None:
        same = {"name": row.name, "external_id": row.external_id}
        actions.change_group(group=row, turnover=turnover, by=by, at=at, **same)
        return answer(None, status=204)
    before = groups.shown([row])[0]
    after = before.model_copy(deep=True)
    patch.patch(after)
    return _group_changed(request, row, before, after, by=by, at=at)


def _group_changed(
    request: HttpRequest, row: DirectoryGroup, before: Any, after: Any, *, by: Viewer, at: datetime
) -> HttpResponse:
    if (stale := _stale(request, row)) is not None:
        return stale
    groups.refuse_misfits(after)
    changed = actions.change_group(
        group=row,
        name=after.display_name,
        external_id=after.external_id or "",
        turnover=groups.turnover_between(before, after),
        by=by,
        at=at,
    )
    return resource_answer(request, groups.shown([changed])[0])


def _group_delete(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = _found(groups.groups(), key)
    if (stale := _stale(request, row)) is not None:
        return stale
    actions.remove_group(group=row, by=by, at=at)
    return answer(None, status=204)


def _user_search(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _user_list(_as_asked(request), by=by, at=at)


def _group_search(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _group_list(_as_asked(request), by=by, at=at)


def _search(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return refused(501, "Users and groups are searched each at its own address.")


def _config(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return answer(CONFIG.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


def _kinds(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _discovered(request, PROVIDER.resource_types)


def _kind(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    return _one_discovered([each for each in PROVIDER.resource_types if str(each.name) == key])


def _schemas(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _discovered(request, PROVIDER.schemas)


def _schema(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    return _one_discovered([each for each in PROVIDER.schemas if str(each.id) == key])


def _nothing(request: HttpRequest, *, rest: str = "", by: Viewer, at: datetime) -> HttpResponse:
    return refused(404, "There is nothing here.")


user_list = for_directory(GET=_user_list, POST=_user_create)
user = for_directory(GET=_user_read, PUT=_user_replace, PATCH=_user_patch, DELETE=_user_delete)
group_list = for_directory(GET=_group_list, POST=_group_create)
group = for_directory(GET=_group_read, PUT=_group_replace, PATCH=_group_patch, DELETE=_group_delete)
user_search = for_directory(POST=_user_search)
group_search = for_directory(POST=_group_search)
search = for_directory(POST=_search)
config = for_directory(GET=_config)
kinds = for_directory(GET=_kinds)
kind = for_directory(GET=_kind)
schemas = for_directory(GET=_schemas)
schema = for_directory(GET=_schema)
nothing = for_directory(GET=_nothing, POST=_nothing, PUT=_nothing, PATCH=_nothing, DELETE=_nothing)


def _body(request: HttpRequest) -> Any:
    """What was sent, if it holds nothing that must never come in."""
    try:
        sent = json.loads(request.body)
    except ValueError as error:
        raise InvalidSyntaxException(detail="That is no JSON.") from error
    if not isinstance(sent, dict) or "\\u0000" in request.body.decode(errors="replace"):
        raise InvalidSyntaxException(detail="That is no resource.")
    if has_personal_number(sent):
        raise Refused(Refusal("directory:refusal.personal_number"))
    if has_protected_identity(sent):
        raise Refused(Refusal("directory:refusal.protected_identity"))
    return sent


def _as_asked(request: HttpRequest) -> HttpRequest:
    """The request with what its body asks for in place of its address."""
    asked = QueryDict(mutable=True)
    for name, value in _body(request).items():
        asked[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    vars(request)["GET"] = asked
    return request


def _filtered(request: HttpRequest, rows: QuerySet[Any], columns: filters.Columns, kind: Any) -> QuerySet[Any]:
    text = request.GET.get("filter")
    if not text:
        return rows
    try:
        return rows.filter(pk__in=rows.filter(filters.asked_for(text, columns, kind)).values("pk"))
    except NoValue as error:
        raise InvalidFilterException(detail="That value cannot be compared.") from error


def _page(request: HttpRequest) -> tuple[int, int]:
    """The first one wanted, counted from 1, and how many at the most."""
    try:
        start = int(request.GET.get("startIndex", 1))
        count = int(request.GET.get("count", MOST_IN_A_PAGE))
    except ValueError as error:
        raise InvalidValueException(detail="startIndex and count are numbers.") from error
    return min(max(start, 1), 2**31), min(max(count, 0), MOST_IN_A_PAGE)


def _found(rows: QuerySet[M], key: str) -> M:
    row = rows.filter(uuid=filters.key_of(key)).first()
    if row is None:
        raise NotFoundException(detail="There is nothing here.")
    return row


def _stale(request: HttpRequest, row: DirectoryUser | DirectoryGroup) -> HttpResponse | None:
    """Why it may not be changed by who has read another version of it."""
    wanted = request.headers.get("If-Match")
    if wanted in (None, "*", f'W/"{row.version}"'):
        return None
    return refused(412, "It has been changed since it was read.")


def _wants_members(request: HttpRequest) -> bool:
    excluded = request.GET.get("excludedAttributes", "").casefold().split(",")
    asked = request.GET.get("attributes", "").casefold()
    return "members" not in [name.strip() for name in excluded] and (not asked or "members" in asked)


def _discovered(request: HttpRequest, found: Any) -> HttpResponse:
    shown = [each.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE) for each in found]
    schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
    page = {"schemas": [schema], "totalResults": len(shown), "startIndex": 1, "itemsPerPage": len(shown)}
    return answer(page | {"Resources": shown})


def _one_discovered(found: list[Any]) -> HttpResponse:
    return answer(found[0].model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)) if found else _nothing_here()


def _nothing_here() -> HttpResponse:
    return refused(404, "There is nothing here.")

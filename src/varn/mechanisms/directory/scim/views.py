"""Users and groups at their addresses (RFC 7644): read, made, replaced, changed, taken away and searched."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from scim2_models import Context, PatchOp

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.directory import actions
from varn.mechanisms.directory.models import DirectoryGroup, DirectoryUser
from varn.mechanisms.directory.scim import filters, groups, users
from varn.mechanisms.directory.scim.answers import answer, list_answer, refused, resource_answer
from varn.mechanisms.directory.scim.door import for_directory
from varn.mechanisms.directory.scim.reading import as_asked, body_of, filtered, found, page_of, stale, wants_members
from varn.mechanisms.directory.scim.resources import FullUser, Group

_PatchOfUser: Any = PatchOp.__class_getitem__(FullUser)


def _user_list(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    rows = filtered(request, users.users(), filters.USERS, FullUser)
    start, count = page_of(request)
    page = rows.prefetch_related("groups")[start - 1 : start - 1 + count]
    return list_answer(request, FullUser, users.shown(page), total=rows.count(), start=start)


def _user_create(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    sent = FullUser.model_validate(body_of(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    row = actions.receive_user(draft=users.draft_of(sent), by=by, at=at)
    return resource_answer(request, users.shown([row])[0], created=True)


def _user_read(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    return resource_answer(request, users.shown([found(users.users(), key)])[0])


def _user_replace(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(users.users(), key)
    sent = FullUser.model_validate(body_of(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    before = users.shown([row])[0]
    sent.replace(before)
    return _user_changed(request, row, sent, by=by, at=at)


def _user_patch(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(users.users(), key)
    patch = _PatchOfUser.model_validate(body_of(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    user = users.shown([row])[0]
    patch.patch(user)
    return _user_changed(request, row, user, by=by, at=at)


def _user_changed(request: HttpRequest, row: DirectoryUser, user: Any, *, by: Viewer, at: datetime) -> HttpResponse:
    if (refusal := stale(request, row)) is not None:
        return refusal
    row = actions.change_user(user=row, draft=users.draft_of(user, row), by=by, at=at)
    return resource_answer(request, users.shown([row])[0])


def _user_delete(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(users.users(), key)
    if (refusal := stale(request, row)) is not None:
        return refusal
    actions.remove_user(user=row, by=by, at=at)
    return answer(None, status=204)


def _group_list(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    rows = filtered(request, groups.groups(), filters.GROUPS, Group)
    start, count = page_of(request)
    shown = groups.shown(rows[start - 1 : start - 1 + count], members=wants_members(request))
    return list_answer(request, Group, shown, total=rows.count(), start=start)


def _group_create(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    sent = Group.model_validate(body_of(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    groups.refuse_misfits(sent)
    row = actions.receive_group(
        name=str(sent.display_name), external_id=sent.external_id or "", members=groups.members_of(sent), by=by, at=at
    )
    return resource_answer(request, groups.shown([row])[0], created=True)


def _group_read(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(groups.groups(), key)
    return resource_answer(request, groups.shown([row], members=wants_members(request))[0])


def _group_replace(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(groups.groups(), key)
    sent = Group.model_validate(body_of(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    return _group_changed(request, row, groups.shown([row])[0], sent, by=by, at=at)


def _group_patch(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(groups.groups(), key)
    patch = PatchOp[Group].model_validate(body_of(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    turnover = groups.simple_turnover(patch.operations or [])
    if turnover is not None and stale(request, row) is None:
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
    if (refusal := stale(request, row)) is not None:
        return refusal
    groups.refuse_misfits(after)
    row = actions.change_group(
        group=row,
        name=after.display_name,
        external_id=after.external_id or "",
        turnover=groups.turnover_between(before, after),
        by=by,
        at=at,
    )
    return resource_answer(request, groups.shown([row])[0])


def _group_delete(request: HttpRequest, *, key: str, by: Viewer, at: datetime) -> HttpResponse:
    row = found(groups.groups(), key)
    if (refusal := stale(request, row)) is not None:
        return refusal
    actions.remove_group(group=row, by=by, at=at)
    return answer(None, status=204)


def _user_search(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _user_list(as_asked(request), by=by, at=at)


def _group_search(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return _group_list(as_asked(request), by=by, at=at)


def _search(request: HttpRequest, *, by: Viewer, at: datetime) -> HttpResponse:
    return refused(501, "Users and groups are searched each at its own address.")


user_list = for_directory(GET=_user_list, POST=_user_create)
user = for_directory(GET=_user_read, PUT=_user_replace, PATCH=_user_patch, DELETE=_user_delete)
group_list = for_directory(GET=_group_list, POST=_group_create)
group = for_directory(GET=_group_read, PUT=_group_replace, PATCH=_group_patch, DELETE=_group_delete)
user_search = for_directory(POST=_user_search)
group_search = for_directory(POST=_group_search)
search = for_directory(POST=_search)

"""Users between SCIM and what is kept of them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from scim2_models import InvalidValueException, Reference

from varn.mechanisms.directory.actions.users import UserDraft
from varn.mechanisms.directory.face import Told
from varn.mechanisms.directory.models import SCIM, DirectoryGroup, DirectoryUser
from varn.mechanisms.directory.scim.answers import meta_of
from varn.mechanisms.directory.scim.resources import EnterpriseUser, FullUser, GroupMembership, Name, place_of

# How long a text may be where it is kept, by the attribute's name.
LONGEST = {
    "userName": 200, "externalId": 200, "displayName": 200, "title": 200, "department": 200, "employeeNumber": 40,
    "emails": 254, "phoneNumbers": 40,
}  # fmt: skip


def users() -> QuerySet[DirectoryUser]:
    """The users that the directory has told of, the first told first."""
    return DirectoryUser.objects.filter(source=SCIM).order_by("pk")


def shown(rows: Iterable[DirectoryUser]) -> list[Any]:
    """The users as SCIM says them, each with the groups that they are in."""
    return [_shown(row) for row in rows]


def draft_of(user: Any, before: DirectoryUser | None = None) -> UserDraft:
    """What is to stand of the user. What was said before and is said no more is emptied; what never was, is left."""
    extension = user[EnterpriseUser] or EnterpriseUser()
    said = {
        "name": _name_of(user),
        "title": user.title,
        "email": _first(user.emails),
        "phone": _first(user.phone_numbers),
        "unit_code": extension.department,
    }
    former = _said_before(before)
    told = {key: value or ("" if key in former else None) for key, value in said.items()}
    told["name"] = told["name"] or user.user_name
    draft = UserDraft(
        told=Told(employee_id=_employee_id(user, extension), **told),
        user_name=user.user_name,
        external_id=user.external_id or "",
        is_active=_is_active(user, before),
        department=extension.department or "",
        resource=_kept(user),
    )
    _refuse_misfits(draft)
    return draft


def _shown(row: DirectoryUser) -> Any:
    user = FullUser.model_validate(row.resource)
    user.id = str(row.uuid)
    user.meta = meta_of(
        "User",
        location=place_of("user", row.uuid),
        version=row.version,
        made_at=row.received_at,
        changed_at=row.changed_at,
    )
    groups: Iterable[DirectoryGroup] = row.groups.all()
    user.groups = [
        GroupMembership(value=str(group.uuid), ref=Reference(place_of("group", group.uuid)), display=group.name)
        for group in groups
        if group.source == SCIM
    ] or None
    return user


def _kept(user: Any) -> dict[str, Any]:
    return {key: value for key, value in user.model_dump().items() if key not in ("id", "meta", "groups", "schemas")}


def _is_active(user: Any, before: DirectoryUser | None) -> bool:
    """Whether the person is active; where it is not said, as it was, so that silence opens no account."""
    if user.active is None:
        return before is None or before.is_active
    return bool(user.active)


def _employee_id(user: Any, extension: EnterpriseUser) -> str:
    values = {
        "employeeNumber": extension.employee_number,
        "externalId": user.external_id,
        "userName": user.user_name,
    }
    found = (values[settings.SCIM_EMPLOYEE_ID] or "").strip()
    if not found:
        raise InvalidValueException(detail=f"The employee id ({settings.SCIM_EMPLOYEE_ID}) is missing.")
    return str(found)


def _name_of(user: Any) -> str:
    name = user.name or Name()
    parts = " ".join(part for part in (name.given_name, name.family_name) if part)
    return str(user.display_name or name.formatted or parts)


def _first(values: Iterable[Any] | None) -> str:
    """The primary one, or otherwise the first."""
    ordered = sorted(values or [], key=lambda each: not each.primary)
    return next((str(each.value) for each in ordered if each.value), "")


def _said_before(row: DirectoryUser | None) -> set[str]:
    if row is None:
        return set()
    user = FullUser.model_validate(row.resource)
    said = {"title": user.title, "email": _first(user.emails), "phone": _first(user.phone_numbers)}
    return {key for key, value in (said | {"unit_code": row.department}).items() if value}


def _refuse_misfits(draft: UserDraft) -> None:
    told = draft.told
    if not draft.user_name:
        raise InvalidValueException(detail="It may not be empty: userName")
    lengths = {
        "userName": draft.user_name,
        "externalId": draft.external_id,
        "displayName": told.name,
        "title": told.title,
        "department": draft.department,
        "employeeNumber": told.employee_id,
        "emails": told.email,
        "phoneNumbers": told.phone,
    }
    for attribute, value in lengths.items():
        if value is not None and len(value) > LONGEST[attribute]:
            raise InvalidValueException(detail=f"At most {LONGEST[attribute]} characters: {attribute}")
    if told.email:
        try:
            validate_email(told.email)
        except ValidationError as error:
            raise InvalidValueException(detail="That is no address for e-mail: emails") from error

"""Groups between SCIM and what is kept of them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from scim2_models import InvalidValueException, Reference

from varn.mechanisms.directory.actions.groups import Turnover
from varn.mechanisms.directory.models import SCIM, DirectoryGroup, Membership
from varn.mechanisms.directory.scim.answers import meta_of
from varn.mechanisms.directory.scim.filters import key_of
from varn.mechanisms.directory.scim.resources import Group, GroupMember, place_of

LONGEST_NAME = 255
LONGEST_ID = 200


def groups() -> QuerySet[DirectoryGroup]:
    """The groups that the directory has told of and not taken away, the first told first."""
    return DirectoryGroup.objects.standing().filter(source=SCIM).order_by("pk")


def shown(rows: Iterable[DirectoryGroup], *, members: bool = True) -> list[Any]:
    """The groups as SCIM says them; who is in them only when that is wanted, for it may be everybody."""
    found = list(rows)
    inside: dict[int, list[GroupMember]] = {}
    if members:
        memberships = Membership.objects.filter(group__in=[row.pk for row in found]).order_by("pk")
        for group_id, uuid in memberships.values_list("group", "user__uuid"):
            member = GroupMember(value=str(uuid), ref=Reference(place_of("user", uuid)), type="User")
            inside.setdefault(group_id, []).append(member)
    return [_shown(row, inside.get(row.pk)) for row in found]


def members_of(group: Any) -> frozenset[str]:
    """The ids of those whom the resource says to be in the group."""
    return frozenset(_member(each.value, each.ref) for each in group.members or [])


def turnover_between(before: Any, after: Any) -> Turnover:
    """Who has come and who has left between two states of a group."""
    was, is_now = members_of(before), members_of(after)
    return Turnover(joins=is_now - was, leaves=was - is_now)


def refuse_misfits(group: Any) -> None:
    """Nothing happens if what is said fits where it is kept."""
    if not group.display_name:
        raise InvalidValueException(detail="It may not be empty: displayName")
    if len(group.display_name) > LONGEST_NAME or len(group.external_id or "") > LONGEST_ID:
        raise InvalidValueException(detail="At most 255 characters: displayName; at most 200: externalId")


def simple_turnover(operations: Iterable[Any]) -> Turnover | None:
    """Who comes and who leaves by operations that only add or remove members by their ids; otherwise `None`.

    So a directory changes a group of everybody by one, and not all of it is read for that.
    """
    joins: set[str] = set()
    leaves: set[str] = set()
    for operation in operations:
        if str(operation.path or "").casefold() != "members" or not isinstance(operation.value, list):
            return None
        uuids = {_member(each.get("value"), each.get("$ref")) for each in operation.value if isinstance(each, dict)}
        if len(uuids) != len(operation.value) or operation.op == "replace":
            return None
        (joins, leaves) = (joins | uuids, leaves - uuids) if operation.op == "add" else (joins - uuids, leaves | uuids)
    return Turnover(joins=frozenset(joins), leaves=frozenset(leaves))


def _member(value: object, ref: object) -> str:
    """The id of a member; one that is none is nobody's."""
    key = str(value or str(ref or "").rstrip("/").rpartition("/")[2])
    if not key:
        raise InvalidValueException(detail="A member is named by its id: members.value")
    return str(key_of(key))


def _shown(row: DirectoryGroup, members: list[GroupMember] | None) -> Any:
    return Group(
        id=str(row.uuid),
        external_id=row.external_id or None,
        display_name=row.name,
        members=members,
        meta=meta_of(
            "Group",
            location=place_of("group", row.uuid),
            version=row.version,
            made_at=row.received_at,
            changed_at=row.changed_at,
        ),
    )

"""What the directory says of groups and of who is in them. What a group gives follows at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.directory.asking import require_directory
from varn.mechanisms.directory.face import face
from varn.mechanisms.directory.models import SCIM, DirectoryGroup, DirectoryUser, Membership
from varn.mechanisms.directory.permissions import Permission
from varn.mechanisms.directory.sso.config import provider_keys
from varn.mechanisms.moves.making import Refused

RECEIVE = "directory:group:receive"
CHANGE = "directory:group:change"
REMOVE = "directory:group:remove"
AT_A_TIME = 1_000


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """Who comes into a group and who leaves it, by the directory's ids of them."""

    joins: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()


@action
def receive_group(
    *, name: str, external_id: str = "", members: Collection[str] = (), by: Viewer, at: datetime
) -> DirectoryGroup:
    """The group is known, with these members. It gives nothing until somebody has said what it gives."""
    require_directory(RECEIVE, by=by)
    group = DirectoryGroup.objects.create(
        source=SCIM, name=name, external_id=external_id, received_at=at, changed_at=at
    )
    record(RECEIVE, group, by=by, at=at, changes={"name": (None, name), "members": (0, len(members))})
    _turn_over(group, Turnover(joins=frozenset(members)), by=by, at=at)
    return group


@action
def change_group(
    *, group: DirectoryGroup, name: str, external_id: str, turnover: Turnover, by: Viewer, at: datetime
) -> DirectoryGroup:
    """The group is called this, and has these members more and those members less."""
    require_directory(CHANGE, by=by)
    group = DirectoryGroup.objects.select_for_update().get(pk=group.pk)
    changes = change(group, name=name, external_id=external_id)
    changes.pop("external_id", None)
    joined, left = _turn_over(group, turnover, by=by, at=at)
    if changes or joined or left:
        change(group, version=group.version + 1, changed_at=at)
    counts = {"joined": (0, joined), "left": (0, left)}
    record(CHANGE, group, by=by, at=at, changes=changes | {name: each for name, each in counts.items() if each[1]})
    return group


@action
def remove_group(*, group: DirectoryGroup, by: Viewer, at: datetime) -> DirectoryGroup:
    """Nobody is in the group any longer, and what it gave has ended. That it was there stands."""
    require_directory(REMOVE, by=by)
    record(REMOVE, group, by=by, at=at, changes={"name": (group.name, None)})
    left = frozenset(str(uuid) for uuid in group.memberships.values_list("user__uuid", flat=True))
    _turn_over(group, Turnover(leaves=left), by=by, at=at)
    change(group, removed_at=at)
    return group


@action
def name_group(*, source: str, name: str, by: Viewer, at: datetime) -> DirectoryGroup:
    """A group that a sign-in provider will name is known beforehand, so that it can be said what it gives."""
    require(Permission.NAME_GROUP, by=by)
    if source not in provider_keys():
        raise Refused(Refusal("directory:refusal.unknown_provider"))
    if DirectoryGroup.objects.filter(source=source, name=name.strip()).exists():
        raise Refused(Refusal("directory:refusal.group_is_known", name=name))
    group = DirectoryGroup.objects.create(source=source, name=name.strip(), received_at=at, changed_at=at)
    record(Permission.NAME_GROUP, group, by=by, at=at, changes={"name": (None, group.name)})
    return group


def _turn_over(group: DirectoryGroup, turnover: Turnover, *, by: Viewer, at: datetime) -> tuple[int, int]:
    """How many came and how many left; those whom the directory has not told of are refused."""
    joining, leaving = _users(turnover.joins), _users(turnover.leaves, strict=False)
    held = set(Membership.objects.filter(group=group).values_list("user", flat=True))
    joined = [pk for pk in joining if pk not in held]
    left = [pk for pk in leaving if pk in held]
    Membership.objects.bulk_create([Membership(group=group, user_id=pk) for pk in joined], batch_size=AT_A_TIME)
    for start in range(0, len(left), AT_A_TIME):
        Membership.objects.filter(group=group, user__in=left[start : start + AT_A_TIME]).delete()
    people = joining | leaving
    face().follow_groups(employee_ids=[people[pk] for pk in (*joined, *left)], by=by, at=at)
    return len(joined), len(left)


def _users(uuids: Collection[str], *, strict: bool = True) -> dict[int, str]:
    """The employee ids of these users by their keys."""
    wanted = sorted(uuids)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), AT_A_TIME):
        rows = DirectoryUser.objects.filter(source=SCIM, uuid__in=wanted[start : start + AT_A_TIME])
        found |= dict(rows.values_list("pk", "employee_id"))
    if strict and len(found) < len(wanted):
        raise Refused(Refusal("directory:refusal.member_unknown"))
    return found

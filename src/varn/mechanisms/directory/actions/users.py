"""What the directory says of people: received, changed and taken away, with what follows for their account at once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.directory.asking import require_directory
from varn.mechanisms.directory.face import Told, face
from varn.mechanisms.directory.models import SCIM, DirectoryUser
from varn.mechanisms.door.actions import close_account, open_account
from varn.mechanisms.moves.making import Refused

RECEIVE = "directory:user:receive"
CHANGE = "directory:user:change"
REMOVE = "directory:user:remove"
# What of a change stands in the trail here; what became of the person stands with the person.
TOLD = ("employee_id", "is_active")


@dataclass(frozen=True, kw_only=True)
class UserDraft:
    """A user as the directory wants them to stand. `told` is what of it is said of the person."""

    told: Told
    user_name: str
    external_id: str = ""
    is_active: bool = True
    department: str = ""
    resource: dict[str, Any] = field(default_factory=dict)


@action
def receive_user(*, draft: UserDraft, by: Viewer, at: datetime) -> DirectoryUser:
    """The person stands in the organisation as the directory says, and what the directory said is kept.

    A person who was there already, by the same employee id, is the same person.
    """
    require_directory(RECEIVE, by=by)
    _refuse_taken(draft, None)
    employee_id = face().receive_person(told=draft.told, by=by, at=at)
    user = DirectoryUser.objects.create(
        source=SCIM, employee_id=employee_id, received_at=at, changed_at=at, **_columns(draft)
    )
    record(
        RECEIVE, user, by=by, at=at, changes={"employee_id": (None, employee_id), "is_active": (None, draft.is_active)}
    )
    _follow_activity(user, by=by, at=at)
    return user


@action
def change_user(*, user: DirectoryUser, draft: UserDraft, by: Viewer, at: datetime) -> DirectoryUser:
    """The person stands as the directory says now. Who is no longer active is out in the same second.

    Another employee id is another person: of the one it was before, the directory knows no more.
    """
    require_directory(CHANGE, by=by)
    if DirectoryUser.objects.select_for_update().get(pk=user.pk).version != user.version:
        raise Refused(Refusal("directory:refusal.changed_meanwhile"))
    _refuse_taken(draft, user)
    before = user.employee_id
    employee_id = face().receive_person(told=draft.told, by=by, at=at)
    is_same = employee_id == before
    if not is_same:
        _forget(user, by=by, at=at)
    changes = change(user, employee_id=employee_id, closed_account=user.closed_account and is_same, **_columns(draft))
    if changes:
        change(user, version=user.version + 1, changed_at=at)
    record(CHANGE, user, by=by, at=at, changes={key: changes[key] for key in TOLD if key in changes})
    _follow_activity(user, by=by, at=at)
    if not is_same:
        face().follow_groups(employee_ids=[before, employee_id], by=by, at=at)
    return user


@action
def remove_user(*, user: DirectoryUser, by: Viewer, at: datetime) -> DirectoryUser:
    """The directory knows the person no more: their account is closed and what groups gave has ended.

    The person stands in the organisation, with what they have done.
    """
    require_directory(REMOVE, by=by)
    record(REMOVE, user, by=by, at=at, changes={"employee_id": (user.employee_id, None)})
    _forget(user, by=by, at=at)
    employee_id = user.employee_id
    user.delete()
    face().follow_groups(employee_ids=[employee_id], by=by, at=at)
    return user


def _columns(draft: UserDraft) -> dict[str, Any]:
    return {
        "user_key": draft.user_name.casefold(),
        "external_id": draft.external_id,
        "is_active": draft.is_active,
        "department": draft.department,
        "resource": draft.resource,
    }


def _refuse_taken(draft: UserDraft, user: DirectoryUser | None) -> None:
    others = DirectoryUser.objects.filter(source=SCIM)
    others = others.exclude(pk=user.pk) if user else others
    if others.filter(user_key=draft.user_name.casefold()).exists():
        raise Refused(Refusal("directory:refusal.user_name_taken"))
    if others.filter(employee_id__iexact=draft.told.employee_id).exists():
        raise Refused(Refusal("directory:refusal.employee_id_taken"))


def _follow_activity(user: DirectoryUser, *, by: Viewer, at: datetime) -> None:
    """The account is closed when the directory says so, and opened again when it was the directory that closed it."""
    known = face().person_of(employee_id=user.employee_id, at=at)
    account = known.account if known else None
    if account is not None and account.is_active and not user.is_active:
        close_account(account=account, by=by, at=at)
        change(user, closed_account=True)
    elif account is not None and user.is_active and user.closed_account and _is_closed_by_directory(account, by):
        open_account(account=account, by=by, at=at)
        change(user, closed_account=False)
    face().follow_groups(employee_ids=[user.employee_id], by=by, at=at)


def _is_closed_by_directory(account: Account, by: Viewer) -> bool:
    """Whether it is closed, and nobody here has closed it since the directory did."""
    closed = history_of(account, viewer=by).filter(verb=Access.CLOSE_ACCOUNT).first()
    return not account.is_active and closed is not None and closed.account_id is None


def _forget(user: DirectoryUser, *, by: Viewer, at: datetime) -> None:
    """The account of the person whom the directory knows no more is closed."""
    known = face().person_of(employee_id=user.employee_id, at=at)
    if known is not None and known.account is not None and known.account.is_active:
        close_account(account=known.account, by=by, at=at)

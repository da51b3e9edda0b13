"""Reading accounts, the role table and feedback."""

from dataclasses import dataclass

from django.db.models import QuerySet

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door.models import Feedback


@dataclass(frozen=True, kw_only=True)
class ShownRole:
    """One role: its glossary key, whether it passes a committee's border, and its permissions thing by thing.

    `appoints` are the glossary keys of the roles that it may give to others.
    """

    key: str
    overview: bool
    things: dict[str, list[str]]
    appoints: list[str]


def accounts(*, viewer: Viewer) -> QuerySet[Account]:
    """Every account, for those who may read accounts; otherwise none."""
    return Account.objects.all() if viewer.may(Access.READ_ACCOUNTS) else Account.objects.none()


def feedback(*, viewer: Viewer) -> QuerySet[Feedback]:
    """The feedback the reader may see, newest first."""
    return Feedback.objects.visible_to(viewer)


def people_to_be() -> QuerySet[Account]:
    """The open accounts of a demo, by name."""
    return Account.objects.filter(is_active=True).order_by("-is_administrator", "name", "pk")


def roles(*, viewer: Viewer) -> list[ShownRole]:
    """The role table as it stands, for those who may read it; otherwise nothing."""
    if not viewer.may(Access.READ_ROLES):
        return []
    return [
        ShownRole(
            key=f"access:role.{role.key}",
            overview=role.overview,
            things=_by_thing(role.permissions),
            appoints=[f"access:role.{key}" for key in ROLES if key in role.appoints],
        )
        for role in ROLES.values()
    ]


def _by_thing(permissions: frozenset[str]) -> dict[str, list[str]]:
    things: dict[str, list[str]] = {}
    for permission in sorted(permissions):
        things.setdefault(permission.rpartition(":")[0], []).append(permission)
    return things

"""What the municipality's directory has told of people and groups, and the token it comes with."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.directory.actions.tokens import create_token
from varn.mechanisms.directory.models import SCIM, DirectoryGroup, DirectoryUser, Membership
from varn.mechanisms.directory.permissions import Permission

# What the directory shows at its door.
SECRET = "ett hemligt ord som katalogen visar"
_KEY = "a key of the product's own"
UNPLANTED = {
    "Token.digest": "a hash",
    "Token.made_by": "the name of the reader who did it",
    "DirectoryUser.source": _KEY,
    "DirectoryGroup.source": _KEY,
}
# What stands in the addresses that the standard names, and in those of a way to sign in that nobody has set up.
ADDRESSES = {
    "scim-kind": {"key": "User"},
    "scim-schema": {"key": "urn:ietf:params:scim:schemas:core:2.0:User"},
    "scim-nothing": {"rest": "Nothing"},
    "sso": {"key": "nothing"},
}


def stand(plot: Plot) -> Iterator[Thing]:
    """A token, a user and a group; the addresses of what the standard and the ways to sign in name."""
    words = plot.words(general=(Permission.READ_DIRECTORY,))
    token = create_token(name=words("Token.name"), secret=SECRET, by=plot.by, at=plot.at)
    yield Thing(name="directory:token", keys={"pk": token.pk}, record=token, read=Permission.READ_DIRECTORY)
    user = DirectoryUser.objects.create(
        source=SCIM,
        employee_id=words.key("DirectoryUser.employee_id"),
        user_key=words.key("DirectoryUser.user_key"),
        external_id=words.key("DirectoryUser.external_id"),
        department=words("DirectoryUser.department"),
        resource={"displayName": words("DirectoryUser.resource")},
        received_at=plot.at,
        changed_at=plot.at,
    )
    group = _group(plot)
    Membership.objects.create(group=group, user=user)
    yield Thing(name="directory:scim-user", keys={"key": str(user.uuid)}, record=user)
    yield Thing(name="directory:scim-group", keys={"key": str(group.uuid)}, record=group)
    for name, keys in ADDRESSES.items():
        yield Thing(name=f"directory:{name}", keys=keys, public=True)


def _group(plot: Plot) -> DirectoryGroup:
    words = plot.words(general=(Permission.READ_GROUPS, Permission.READ_DIRECTORY))
    return DirectoryGroup.objects.create(
        source=SCIM,
        name=words("DirectoryGroup.name"),
        external_id=words.key("DirectoryGroup.external_id"),
        received_at=plot.at,
        changed_at=plot.at,
    )

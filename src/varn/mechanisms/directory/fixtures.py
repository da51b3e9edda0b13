"""The directory's token, a person and a group of the directory, and addresses of sign-ins that there are not."""

from collections.abc import Iterator
from uuid import UUID

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.directory.actions import create_token, receive_group, receive_user
from varn.mechanisms.directory.actions.users import UserDraft
from varn.mechanisms.directory.face import Told
from varn.mechanisms.directory.permissions import Permission
from varn.mechanisms.directory.secrets import new_secret

NOBODY = UUID(int=0)
_KEY = "a key of the product's own"
UNPLANTED = {
    "Token.digest": "a hash",
    "Token.made_by": "the name of the reader who made it",
    "DirectoryUser.source": _KEY,
    "DirectoryGroup.source": _KEY,
    "DirectoryGroup.external_id": "shown nowhere: only the directory itself is told it",
    "DirectoryUser.external_id": "shown nowhere: only the directory itself is told it",
    "DirectoryUser.user_key": "shown nowhere: only the directory itself is told it",
    "DirectoryUser.employee_id": "the person's own, which the organisation plants",
    "DirectoryUser.resource": "shown nowhere: only the directory itself is told it",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """The directory is connected, and has told of somebody in a department that is none here."""
    words = plot.words(general=(Permission.READ_DIRECTORY,))
    token = create_token(name=words("Token.name"), secret=new_secret(), by=plot.by, at=plot.at)
    told = Told(employee_id="directory-1", name="Katalog Katalogsson")
    draft = UserDraft(told=told, user_name="directory-1", department=words("DirectoryUser.department"))
    user = receive_user(draft=draft, by=plot.by, at=plot.at)
    known = plot.words(general=(Permission.READ_DIRECTORY, Permission.READ_GROUPS))
    group = receive_group(name=known("DirectoryGroup.name"), by=plot.by, at=plot.at)
    yield Thing(name="directory:token", keys={"pk": token.pk}, record=token, read=Permission.READ_DIRECTORY)
    yield Thing(name="directory:sso", keys={"key": "nobody"}, public=True)
    yield Thing(name="directory:scim", keys={"key": "nothing", "rest": "nothing"}, public=True)
    for kind, row in (("user", user), ("group", group)):
        keys, read = {"key": str(row.uuid)}, Permission.READ_DIRECTORY
        yield Thing(name=f"directory:scim-{kind}", keys=keys, record=row, read=read, absent={"key": str(NOBODY)})

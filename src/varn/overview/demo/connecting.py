"""The municipality's directory in the demo: it is let in, tells of a group, and somebody says what the group gives."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from varn.areas.organisation.actions import create_group_mapping
from varn.mechanisms.directory.actions import create_token, receive_group, receive_user
from varn.mechanisms.directory.actions.users import UserDraft
from varn.mechanisms.directory.asking import viewer_of_token
from varn.mechanisms.directory.face import Told
from varn.mechanisms.directory.models import DirectoryGroup, Token
from varn.mechanisms.directory.secrets import new_secret
from varn.overview.demo.events import Event
from varn.overview.demo.founding import address_of
from varn.overview.demo.place import Place
from varn.overview.demo.story import Group

TOKEN = "Katalogen"
SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User"


def groups(place: Place, told: tuple[Group, ...]) -> Iterator[Event]:
    """The directory is connected on the day when it tells of its first group."""
    if told:
        first = min(group.told for group in told)
        yield Event(at=place.days.moment(first, 8), what=_connect, given=(place,))
    for group in told:
        yield Event(at=place.days.moment(group.told, 9), what=_tell, given=(place, group))
        yield Event(at=place.days.moment(group.said, 9), what=_say_what_it_gives, given=(place, group))


def _connect(at: datetime, place: Place) -> None:
    """Nobody has the secret: what the directory tells is told here."""
    create_token(name=TOKEN, secret=new_secret(), by=place.founder(at), at=at)


def _tell(at: datetime, place: Place, group: Group) -> None:
    by = viewer_of_token(Token.objects.get(name=TOKEN), at=at)
    members = [receive_user(draft=_draft(**member), by=by, at=at) for member in group.members]
    receive_group(name=group.name, members=[str(member.uuid) for member in members], by=by, at=at)


def _draft(*, employee_id: str, name: str, title: str, works_in: str) -> UserDraft:
    email = address_of(name)
    told = Told(employee_id=employee_id, name=name, title=title, email=email, unit_code=works_in)
    resource = {"schemas": [SCHEMA], "userName": email}
    return UserDraft(told=told, user_name=email, department=works_in, resource=resource)


def _say_what_it_gives(at: datetime, place: Place, group: Group) -> None:
    create_group_mapping(
        group=DirectoryGroup.objects.get(name=group.name),
        function=place.functions[group.function],
        unit=place.units[group.unit],
        share=Decimal(str(group.share)),
        decided_by=group.decided_by,
        ground=group.ground,
        case_number=group.case_number,
        by=place.viewer(group.by, at),
        at=at,
    )

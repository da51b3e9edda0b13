"""What the municipality's own directory says, brought in: people, whose account is theirs, and what groups give.

Named in the settings (`DIRECTORY_FACE`) and asked by `mechanisms.directory`, within the deed that it belongs to.
"""

from collections.abc import Collection
from datetime import datetime

from varn.areas.organisation import actions
from varn.areas.organisation.models import Person, Unit
from varn.areas.organisation.queries import turn_of
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.directory.face import Told


def receive_person(*, told: Told, by: Viewer, at: datetime) -> str:
    """The person stands as the directory says: a new one from today, a known one with what was said and no more.

    Returns the employee id as it is written here. A department that is not a unit of ours changes nothing.
    """
    person = Person.objects.filter(employee_id__iexact=told.employee_id).first()
    if person is None:
        person = actions.create_person(
            employee_id=told.employee_id,
            name=told.name or told.employee_id,
            unit=_unit(told.unit_code, None),
            from_date=by.day,
            title=told.title or "",
            email=told.email or "",
            phone=told.phone or "",
            by=by,
            at=at,
        )
    else:
        _bring_up_to_date(person, told, by=by, at=at)
    return person.employee_id


def link_person(*, employee_id: str, account: Account, by: Viewer, at: datetime) -> None:
    """Whoever signs in to the account is this person."""
    actions.link_account(person=Person.objects.get(employee_id=employee_id), account=account, by=by, at=at)


def follow_groups(*, employee_ids: Collection[str], by: Viewer, at: datetime) -> None:
    """These people have what their groups give, and no longer what only groups gave that they have left."""
    turn = turn_of(list(employee_ids))
    if turn.begins or turn.ends:
        actions.follow_turn(turn=turn, by=by, at=at)


def _bring_up_to_date(person: Person, told: Told, *, by: Viewer, at: datetime) -> None:
    said = {
        "name": told.name or person.name,
        "title": person.title if told.title is None else told.title,
        "email": person.email if told.email is None else told.email,
        "phone": person.phone if told.phone is None else told.phone,
        "unit": _unit(told.unit_code, person.unit),
    }
    if any(getattr(person, field) != value for field, value in said.items()):
        actions.change_person(person=person, by=by, at=at, **said)


def _unit(code: str | None, otherwise: Unit | None) -> Unit | None:
    """The unit of this code; otherwise the one that stands."""
    return (Unit.objects.filter(code__iexact=code).first() if code else None) or otherwise

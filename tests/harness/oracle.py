"""Who sees what, told in plain Python from a plan alone: no database, and nothing of the product but the role table."""

from collections.abc import Iterator

from tests.harness.worlds import Case, Placed, Plan
from varn.areas.organisation.models import UnitKind
from varn.areas.organisation.rules.kinds import AUTHORITIES
from varn.kernel.levels import Level
from varn.mechanisms.access.roles import ROLES

READ_DECISIONS, READ_PEOPLE, READ_APPOINTMENTS = (
    "decisions:decision:read",
    "organisation:person:read",
    "organisation:appointment:read",
)


def sees_case(plan: Plan, reader: int, case: Case) -> bool:
    """Scope or share, level, compartment and no conflict."""
    if reader in excluded_from(plan, case):
        return False
    if case.compartment is not None and (reader, True) not in plan.rooms[case.compartment]:
        return False
    places = _places(plan, reader, READ_DECISIONS, case.level)
    in_scope = any(_holds(plan, place, unit, case.level) for place in places for unit in (case.unit, *case.reaches))
    shared = bool(places) and any(
        holds
        and (whom == reader if kind == "person" else any(_holds(plan, place, whom, case.level) for place in places))
        for kind, whom, holds in case.shares
    )
    return in_scope or shared


def excluded_from(plan: Plan, case: Case) -> set[int]:
    """The subjects of the case and everybody in the line of command over any of them."""
    named = [person for person, is_over in case.subjects if not is_over]
    return {one for person in named for one in (person, *line_over(plan, person))}


def line_over(plan: Plan, person: int) -> set[int]:
    """Heads, and their named deputies, of the units where the person stands and of all above these."""
    somebody = plan.people[person]
    stands = [placed.unit for placed in somebody.placed if not placed.over]
    stands += [] if somebody.unit is None else [somebody.unit]
    above = {unit for place in stands for unit in _upwards(plan, place)}
    return {
        one
        for head, other in enumerate(plan.people)
        for placed in other.placed
        if not placed.over and ROLES[placed.role].commands and placed.unit in above
        for one in (head, placed.deputy)
        if one is not None
    }


def sees_person(plan: Plan, reader: int, person: int) -> bool:
    """Scope over their own unit or over where they stand; and the level, unless it is oneself."""
    return _is_open(plan, reader, person, READ_PEOPLE, Level.INTERNAL) and not_hidden(plan, reader, person)


def not_hidden(plan: Plan, reader: int, person: int) -> bool:
    """Whether no protected identity keeps the person from the reader."""
    hidden = plan.people[person].hidden and reader != person
    return not hidden or _is_open(plan, reader, person, READ_PEOPLE, Level.SENSITIVE)


def sees_appointment(plan: Plan, reader: int, person: int, placed: Placed) -> bool:
    """Scope over its unit, whenever it stood; and the person is not hidden from the reader."""
    places = _places(plan, reader, READ_APPOINTMENTS, Level.INTERNAL)
    in_scope = any(_holds(plan, place, placed.unit, Level.INTERNAL) for place in places)
    return in_scope and not_hidden(plan, reader, person)


def _is_open(plan: Plan, reader: int, person: int, right: str, level: Level) -> bool:
    somebody = plan.people[person]
    units = [placed.unit for placed in somebody.placed if not placed.over]
    units += [] if somebody.unit is None else [somebody.unit]
    places = _places(plan, reader, right, level)
    if level < Level.SENSITIVE and any(_is_everything(place) for place in places):
        return True
    return any(_holds(plan, place, unit, level) for place in places for unit in units)


def _places(plan: Plan, reader: int, right: str, level: int) -> list[Placed]:
    """Where the reader's appointments give the right up to this level."""
    return [
        placed
        for placed in plan.people[reader].placed
        if not placed.over
        and right in ROLES[placed.role].permissions
        and (level < Level.SENSITIVE or ROLES[placed.role].level >= level)
    ]


def _is_everything(place: Placed) -> bool:
    return ROLES[place.role].overview and place.unit == 0


def _holds(plan: Plan, place: Placed, unit: int, level: int) -> bool:
    """Whether the unit lies within the place; past a border only for an overview of what is not sensitive."""
    passes = ROLES[place.role].overview and level < Level.SENSITIVE
    for step in _upwards(plan, unit):
        if step == place.unit:
            return True
        if not passes and _kind(plan, step) in AUTHORITIES:
            return False
    return False


def _upwards(plan: Plan, unit: int) -> Iterator[int]:
    yield unit
    while unit:
        unit = plan.tree[unit - 1][0]
        yield unit


def _kind(plan: Plan, unit: int) -> UnitKind:
    return plan.tree[unit - 1][1] if unit else UnitKind.MUNICIPALITY

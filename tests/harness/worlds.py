"""Random small municipalities as plans of plain values, and the rows that they become.

The oracle (`tests.harness.oracle`) reads the plan alone; the product reads the rows. Where they differ one is wrong.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from hypothesis import strategies as st

from tests.people import AT, START, appoint
from varn.areas.decisions.models import Assignment, Body, Clause, Decision, Meeting, Reach
from varn.areas.decisions.rules import ClauseKind, Ground, Rank
from varn.areas.organisation.models import Appointment, Function, Person, Unit, UnitKind, UnitLine, UnitPeriod
from varn.areas.organisation.rules.kinds import AUTHORITIES
from varn.kernel.levels import Level
from varn.mechanisms.access.models import (
    Account,
    Capacity,
    Compartment,
    CompartmentKind,
    Marking,
    Membership,
    MembershipRole,
    Share,
    Subject,
)
from varn.mechanisms.access.roles import ROLES

KINDS = (UnitKind.COMMITTEE, UnitKind.COMPANY, UnitKind.DEPARTMENT, UnitKind.UNIT)
APPOINTED = tuple(sorted(set(ROLES) - {"administrator"}))
LONG_AGO, YESTERDAY, TOMORROW = AT - timedelta(days=400), AT - timedelta(days=1), AT + timedelta(days=1)


@dataclass(frozen=True)
class Placed:
    """A person in a role in a unit, with a named deputy; `over`: it ended yesterday."""

    role: str
    unit: int
    deputy: int | None
    over: bool


@dataclass(frozen=True)
class Somebody:
    """A person with their own unit and appointments; `hidden`: their identity is protected."""

    unit: int | None
    placed: tuple[Placed, ...]
    hidden: bool


@dataclass(frozen=True)
class Case:
    """A decision of the body of a unit, that also reaches others, with its level and compartment."""

    unit: int
    reaches: tuple[int, ...]
    level: int
    compartment: int | None
    subjects: tuple[tuple[int, bool], ...]
    shares: tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True)
class Plan:
    """The tree as (parent, kind), the people, the members of each compartment as (person, holds), and the decisions."""

    tree: tuple[tuple[int, UnitKind], ...]
    people: tuple[Somebody, ...]
    rooms: tuple[tuple[tuple[int, bool], ...], ...]
    cases: tuple[Case, ...]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A municipality of at most eight units, six people, two compartments and three decisions."""
    size = draw(st.integers(1, 7))
    tree = tuple((draw(st.integers(0, place)), draw(st.sampled_from(KINDS))) for place in range(size))
    units, count, rooms = st.integers(0, size), draw(st.integers(2, 6)), draw(st.integers(0, 2))
    people = st.integers(0, count - 1)
    placed = st.builds(
        Placed, st.sampled_from(APPOINTED), units, st.none() | people, st.sampled_from([False] * 4 + [True])
    )
    somebody = st.builds(
        Somebody, st.none() | units, st.lists(placed, max_size=2).map(tuple), st.sampled_from([False] * 3 + [True])
    )
    return Plan(
        tree=tree,
        people=tuple(draw(somebody) for _ in range(count)),
        rooms=tuple(tuple(draw(st.dictionaries(people, st.booleans(), max_size=3)).items()) for _ in range(rooms)),
        cases=tuple(draw(_case(units, people, rooms)) for _ in range(draw(st.integers(1, 3)))),
    )


@st.composite
def _case(draw: st.DrawFn, units: st.SearchStrategy[int], people: st.SearchStrategy[int], rooms: int) -> Case:
    room = draw(st.none() | st.integers(0, rooms - 1)) if rooms else None
    levels = [Level.OPEN, Level.INTERNAL, Level.SENSITIVE, *([Level.SEALED] * 2 if room is not None else [])]
    shared = st.tuples(st.just("unit"), units, st.booleans()) | st.tuples(st.just("person"), people, st.booleans())
    return Case(
        unit=draw(units),
        reaches=tuple(draw(st.lists(units, max_size=2))),
        level=draw(st.sampled_from(levels)),
        compartment=room,
        subjects=tuple(draw(st.lists(st.tuples(people, st.booleans()), max_size=2, unique_by=lambda one: one[0]))),
        shares=tuple(draw(st.lists(shared, max_size=2))),
    )


@dataclass(frozen=True)
class World:
    """The rows that a plan became, in its order."""

    units: list[Unit]
    people: list[Person]
    accounts: list[Account]
    decisions: list[Decision]
    assignments: list[Assignment]
    appointments: dict[tuple[int, int], Appointment]


def build(plan: Plan) -> World:
    """The plan stands in the database, all of it as of `AT`."""
    units = _units(plan)
    accounts = [_account(number) for number in range(len(plan.people))]
    people = [_person(number, somebody, units, accounts) for number, somebody in enumerate(plan.people)]
    appointments = _appointments(plan, units, people)
    rooms = [_room(number, members, accounts) for number, members in enumerate(plan.rooms)]
    for person, somebody in zip(people, plan.people, strict=True):
        if somebody.hidden:
            mark(person, level=Level.SENSITIVE)
    cases = [_decision(number, case, units, people, rooms) for number, case in enumerate(plan.cases)]
    decisions, assignments = [each[0] for each in cases], [each[1] for each in cases]
    return World(units, people, accounts, decisions, assignments, appointments)


def mark(thing: Any, *, level: int, compartment: Compartment | None = None) -> Marking:
    """The record has this level and lies in this compartment."""
    return Marking.objects.create(level=level, compartment=compartment, **beside(thing))


def accuse(thing: Any, person: Person, *, is_over: bool = False) -> Subject:
    """The person is a subject of the case, or was until yesterday."""
    return Subject.objects.create(
        person_id=person.pk,
        capacity=Capacity.ACCUSED,
        ground="Anmälan",
        until_at=YESTERDAY if is_over else None,
        **beside(thing),
    )


def beside(thing: Any) -> dict[str, Any]:
    """What every row beside a record says of it, since long ago."""
    kind = ContentType.objects.get_for_model(thing)
    return {"content_type": kind, "object_id": thing.pk, "from_at": LONG_AGO}


def _units(plan: Plan) -> list[Unit]:
    rows: list[Unit] = []
    kinds = [UnitKind.MUNICIPALITY, *(kind for _, kind in plan.tree)]
    parents = [None, *(parent for parent, _ in plan.tree)]
    for number, (kind, parent) in enumerate(zip(kinds, parents, strict=True)):
        above = None if parent is None else rows[parent]
        unit = Unit.objects.create(
            code=str(number), kind=kind.value, name=f"U{number}", sort_name=f"u{number}", parent=above, from_date=START
        )
        UnitPeriod.objects.create(unit=unit, name=unit.name, parent=above, from_date=START)
        rows.append(unit)
        _draw_lines(unit)
    return rows


def _draw_lines(unit: Unit) -> None:
    ancestor: Unit | None = unit
    depth, crosses = 0, False
    while ancestor is not None:
        UnitLine.objects.create(ancestor=ancestor, descendant=unit, depth=depth, crosses=crosses, from_date=START)
        crosses = crosses or UnitKind(ancestor.kind) in AUTHORITIES
        ancestor, depth = ancestor.parent, depth + 1


def _account(number: int) -> Account:
    account = Account(email=f"p{number}@ekby.example", name=f"P{number}", created_at=AT, language="sv")
    account.set_unusable_password()
    account.save()
    return account


def _person(number: int, somebody: Somebody, units: list[Unit], accounts: list[Account]) -> Person:
    return Person.objects.create(
        employee_id=f"e{number}",
        name=f"P{number}",
        sort_name=f"p{number}",
        account=accounts[number],
        from_date=START,
        unit=None if somebody.unit is None else units[somebody.unit],
    )


def _appointments(plan: Plan, units: list[Unit], people: list[Person]) -> dict[tuple[int, int], Appointment]:
    functions = {role: _function(role) for role in APPOINTED}
    made: dict[tuple[int, int], Appointment] = {}
    for number, somebody in enumerate(plan.people):
        for place, placed in enumerate(somebody.placed):
            until = YESTERDAY.date() if placed.over else None
            appointment = appoint(people[number], functions[placed.role], units[placed.unit], until_date=until)
            if placed.deputy is not None:
                appointment.placements.update(deputy=people[placed.deputy])
            made[number, place] = appointment
    return made


def _function(role: str) -> Function:
    defaults = {"name_sv": role, "name_en": role, "role": role, "tier": ""}
    return Function.objects.update_or_create(key=f"random-{role}", defaults=defaults)[0]


def _room(number: int, members: tuple[tuple[int, bool], ...], accounts: list[Account]) -> Compartment:
    room = Compartment.objects.create(
        reference=f"RUM-2022-{number + 1:04}",
        name=f"R{number}",
        kind=CompartmentKind.IRREGULARITY,
        purpose="Utredning",
        responsible=accounts[0],
        created_at=AT,
    )
    for member, holds in members:
        join_room(room, accounts[member], is_over=not holds)
    return room


def join_room(
    room: Compartment, account: Account, *, is_over: bool = False, role: str = MembershipRole.READ
) -> Membership:
    """The account is a member of the compartment, or was until yesterday."""
    day = date(2021, 1, 1)
    return Membership.objects.create(
        compartment=room,
        account=account,
        role=role,
        trusted_date=day,
        trusted_by="A",
        knowledgeable_date=day,
        knowledgeable_by="A",
        needed_date=day,
        needed_by="A",
        from_at=LONG_AGO,
        until_at=YESTERDAY if is_over else None,
    )


def _decision(
    number: int, case: Case, units: list[Unit], people: list[Person], rooms: list[Compartment]
) -> tuple[Decision, Assignment]:
    body = Body.objects.get_or_create(
        name=f"B{case.unit}", defaults={"rank": Rank.COMMITTEE, "unit": units[case.unit]}
    )[0]
    day = date(2021, 12, 1)
    meeting = Meeting.objects.get_or_create(body=body, date=day)[0]
    decision = Decision.objects.create(
        reference=f"BES-2021-{number + 1:04}",
        body=body,
        meeting=meeting,
        date=day,
        year=2021,
        paragraph=str(number + 1),
        title=f"D{number}",
        text="T",
        sha256="0" * 64,
    )
    clause = Clause.objects.create(decision=decision, position=1, text="T", sha256="0" * 64, kind=ClauseKind.ASSIGNS)
    given = [_assignment(decision, clause, place, units) for place in (None, *case.reaches)]
    Reach.objects.create(decision=decision, unit=body.unit, ground=Ground.BODY, from_at=LONG_AGO)
    room = None if case.compartment is None else rooms[case.compartment]
    if case.level != Level.INTERNAL or room is not None:
        mark(decision, level=case.level, compartment=room)
    for subject, is_over in case.subjects:
        accuse(decision, people[subject], is_over=is_over)
    for kind, whom, holds in case.shares:
        share(decision, until=TOMORROW if holds else YESTERDAY, **{kind: (units if kind == "unit" else people)[whom]})
    return decision, given[0]


def share(
    decision: Decision, *, unit: Unit | None = None, person: Person | None = None, until: datetime = TOMORROW
) -> Share:
    """The decision is shared with the unit or the person until the moment."""
    return Share.objects.create(
        unit_id=unit and unit.pk, person_id=person and person.pk, ground="Behövs", until_at=until, **beside(decision)
    )


def _assignment(decision: Decision, clause: Clause, place: int | None, units: list[Unit]) -> Assignment:
    assignment = Assignment.objects.create(
        reference=f"UPP-2021-{Assignment.objects.count() + 1:04}",
        decision=decision,
        clause=clause,
        giver=decision.body,
        assignee="X",
        unit=None if place is None else units[place],
        text="T",
        from_date=date(2021, 12, 1),
    )
    if place is not None:
        Reach.objects.create(
            decision=decision, unit=units[place], ground=Ground.ASSIGNEE, assignment=assignment, from_at=LONG_AGO
        )
    return assignment

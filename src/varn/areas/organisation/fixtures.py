"""What the leak test plants of the organisation in a department, and what stands in the addresses of its pages."""

from collections.abc import Iterator
from datetime import timedelta

from varn.areas.organisation import actions
from varn.areas.organisation.models import Appointment, Function, Person, Unit
from varn.areas.organisation.permissions import Permission
from varn.kernel.planting import Plot, Thing
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.directory.models import SCIM, DirectoryGroup
from varn.mechanisms.directory.permissions import Permission as Directory
from varn.mechanisms.imports.permissions import Permission as Imports
from varn.mechanisms.notices.permissions import Permission as Notices

_REGISTER = "a register that everybody who works in the organisation reads"
_KEY = "a key of the product's own"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
UNPLANTED = {
    "Absence.kind": _KEY,
    "StandIn.reference": "a number that the product gives",
    "StandIn.state": _KEY,
    "GroupMapping.reference": "a number that the product gives",
    "Unit": _REGISTER,
    "UnitPeriod": _REGISTER,
    "Function": _REGISTER,
    "Requirement": _REGISTER,
    "Office": _REGISTER,
    "Appointment.reference": "a number that the product gives",
    "Appointment.state": _KEY,
    "HandoverItem.key": _KEY,
    "HandoverItem.done_by": "the name of the reader who did it",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """A function and a requirement, which are everybody's."""
    function = Function.objects.get(key="security_coordinator")
    requirement = actions.set_requirement(
        function=function, unit_kind="department", from_date=plot.day, by=plot.by, at=plot.at
    )
    yield Thing(name="organisation:function", keys={"pk": function.pk}, record=function, public=True)
    yield Thing(name="organisation:role", keys={"role": function.role, "key": function.role}, public=True)
    named = {"permission": Permission.READ_UNITS.value}
    yield Thing(name="organisation:role_permission", keys=named, public=True)
    yield Thing(name="organisation:requirement", keys={"pk": requirement.pk}, record=requirement, public=True)


def plant(plot: Plot) -> Iterator[Thing]:
    """A person who holds an appointment, and one who is proposed for another; the department's office is public."""
    unit, office = plot.about["unit"], plot.about["office"]
    yield Thing(name="organisation:unit", keys={"pk": unit.pk}, record=unit, public=True)
    yield Thing(name="organisation:office", keys={"pk": office.pk}, record=office, public=True)
    person, other = _person(plot, unit, is_supporting=True), _person(plot, unit)
    yield Thing(name="organisation:person", keys={"pk": person.pk}, record=person, read=Permission.READ_PEOPLE)
    held = _appointed(plot, person, unit)
    proposed = _proposed(plot, other, unit)
    yield from _away(plot, held, other)
    yield from _mapped(plot, unit)
    for name, one in (("appointment", held), ("handover", held), ("proposal", proposed)):
        keys = {"reference": one.reference}
        yield Thing(name=f"organisation:{name}", keys=keys, record=one, read=Permission.READ_APPOINTMENTS)


def _away(plot: Plot, held: Appointment, deputy: Person) -> Iterator[Thing]:
    """The holder is away from tomorrow, and somebody stands in from then on."""
    period = {"from_date": plot.day + DAY, "until_date": plot.day + WEEK}
    absence = actions.register_absence(person=held.person, kind="other", **period, by=plot.by, at=plot.at)
    stand_in = actions.appoint_stand_in(appointment=held, deputy=deputy, **period, by=plot.by, at=plot.at)
    keys = {"pk": absence.pk, "person": held.person.pk}
    yield Thing(name="organisation:absence", keys=keys, record=absence, read=Permission.READ_PEOPLE)
    keys = {"reference": stand_in.reference, "appointment": held.reference}
    yield Thing(name="organisation:stand_in", keys=keys, record=stand_in, read=Permission.READ_APPOINTMENTS)


def _mapped(plot: Plot, unit: Unit) -> Iterator[Thing]:
    """Whoever is in a group of the directory has a function here; nobody is in it."""
    words = plot.words(Permission.READ_GROUP_MAPPINGS, general=(Permission.READ_GROUP_MAPPINGS,))
    known = plot.words(Permission.READ_GROUP_MAPPINGS, general=(Directory.READ_GROUPS, Directory.READ_DIRECTORY))
    name = known("DirectoryGroup.name")
    group = DirectoryGroup.objects.create(source=SCIM, name=name, received_at=plot.at, changed_at=plot.at)
    mapping = actions.create_group_mapping(
        group=group,
        function=Function.objects.get(key="security_representative"),
        unit=unit,
        decided_by=words("GroupMapping.decided_by"),
        ground=words("GroupMapping.ground"),
        case_number=words("GroupMapping.case_number"),
        by=plot.by,
        at=plot.at,
    )
    keys, read = {"reference": mapping.reference}, Permission.READ_GROUP_MAPPINGS
    yield Thing(name="organisation:group_mapping", keys=keys, record=mapping, read=read)


def answers(plot: Plot) -> dict[str, str]:
    """How units and people are written in forms."""
    unit, person = str(plot.about["unit"]), plot.made("organisation:person").name
    here = f"{unit} ({plot.about['unit'].code})"
    return {
        "unit": here,
        "units": here,
        "parent": here,
        "person": person,
        "support": person,
        "delegated_to": person,
        "deputy": "",
        "office": "",
        "employer": "",
        "share": "",
        "maximum": "",
        "until_date": "",
        "organisation:appointment-change.share": "50",
        "organisation:appointment-propose.function": str(Function.objects.get(key="security_representative").pk),
        "organisation:function-create.role": "security_coordinator",
        "organisation:function-create.tier": "tactical",
        "organisation:unit-create.kind": "unit",
        "organisation:unit-create.code": "219",
        "organisation:unit-move.parent": "Kommunstyrelsen (10)",
        "organisation:unit-rename.name": "Omsorgsförvaltningen",
        "organisation:unit-close.until_date": "2050-01-01",
        "organisation:requirement-create.unit": "",
    }


def _person(plot: Plot, unit: Unit, *, is_supporting: bool = False) -> Person:
    """A person whose name also stands with their appointments and in what they work with.

    The units below are told the name of whoever supports them, and nothing else of that person.
    """
    read, general = (Permission.READ_PEOPLE, Permission.READ_APPOINTMENTS), (Access.READ_ACCOUNTS,)
    words, below = plot.words(*read, general=general), (Permission.READ_APPOINTMENTS,) if is_supporting else ()
    address = plot.words(Permission.READ_PEOPLE, general=(Notices.READ_MAIL, Access.READ_ACCOUNTS, Imports.READ_RUNS))
    return actions.create_person(
        employee_id=words.key("Person.employee_id"),
        name=plot.words(*read, general=general, below=below)("Person.name"),
        email=f"{address.key('Person.email')}@ekby.example",
        title=words("Person.title"),
        phone=words("Person.phone"),
        unit=unit,
        from_date=plot.about["since"],
        by=plot.by,
        at=plot.at,
    )


def _appointed(plot: Plot, person: Person, unit: Unit) -> Appointment:
    words = plot.words(Permission.READ_APPOINTMENTS)
    appointment = _proposed(plot, person, unit)
    actions.accept_appointment(appointment=appointment, reason=words("Move.reason"), by=plot.by, at=plot.at)
    handover = plot.words(Permission.READ_HANDOVER)
    text = handover("HandoverItem.text")
    actions.add_handover_item(appointment=appointment, text=text, by=plot.by, at=plot.at)
    return appointment


def _proposed(plot: Plot, person: Person, unit: Unit) -> Appointment:
    words = plot.words(Permission.READ_APPOINTMENTS)
    return actions.propose_appointment(
        person=person,
        function=Function.objects.get(key="security_coordinator"),
        units=[unit],
        from_date=plot.about["since"],
        appointed_by=words("Appointment.appointed_by"),
        employer=plot.about["employer"],
        agreement=words("Appointment.agreement"),
        by=plot.by,
        at=plot.at,
    )

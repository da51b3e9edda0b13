"""What the area's lists hold when they are taken out."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.models import Appointment, Requirement, Unit
from varn.areas.organisation.queries import Cell
from varn.areas.organisation.rules.coverage import percent
from varn.kernel.calendar import last_day
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.ui.words import sentence, word


def _word(key: str) -> str:
    return capfirst(word(key))


def _units(appointment: Appointment) -> str:
    return ", ".join(appointment.unit_names)


def _unit_codes(appointment: Appointment) -> str:
    """Where the appointment is placed at its end, as a file that is imported says it."""
    last = [row for row in appointment.placements.all() if row.until_date == appointment.until_date]
    return ", ".join(dict.fromkeys(row.unit.code for row in last))


def _of(unit: Unit | None, field: str) -> str:
    return getattr(unit, field) if unit else ""


def _asked(requirement: Requirement) -> str:
    return requirement.unit.name if requirement.unit else _word(f"organisation:unit_kind.{requirement.unit_kind}")


UNITS = (
    Column(_("Code"), lambda unit: unit.code),
    Column(_("Name"), lambda unit: unit.name),
    Column(_("Kind"), lambda unit: _word(f"organisation:unit_kind.{unit.kind}")),
    Column(_("Under (code)"), lambda unit: _of(unit.parent, "code")),
    Column(_("Under"), lambda unit: _of(unit.parent, "name")),
    Column(_("Address"), lambda unit: unit.address),
    Column(_("E-mail"), lambda unit: unit.email),
    Column(_("From"), lambda unit: unit.from_date),
    Column(_("Through"), lambda unit: last_day(unit.until_date)),
)

PEOPLE = (
    Column(_("Employee id"), lambda person: person.employee_id),
    Column(_("Name"), lambda person: person.name),
    Column(_("Title"), lambda person: person.title),
    Column(_("Unit (code)"), lambda person: _of(person.unit, "code")),
    Column(_("Unit"), lambda person: _of(person.unit, "name")),
    Column(_("E-mail"), lambda person: person.email),
    Column(_("Telephone"), lambda person: person.phone),
    Column(_("From"), lambda person: person.from_date),
    Column(_("Through"), lambda person: last_day(person.until_date)),
)

STAND_INS = (
    Column(_("Reference"), lambda one: one.reference),
    Column(_("Deputy"), lambda one: one.deputy.name),
    Column(_("Deputy for"), lambda one: one.appointment.person.name),
    Column(_("Function"), lambda one: one.appointment.function.name),
    Column(_("From"), lambda one: one.from_date),
    Column(_("Through"), lambda one: last_day(one.until_date)),
    Column(_("State"), lambda one: _word(f"organisation:stand_in.{one.state}")),
)

APPOINTMENTS = (
    Column(_("Reference"), lambda one: one.reference),
    Column(_("Employee id"), lambda one: one.person.employee_id if one.person else ""),
    Column(_("Office"), lambda one: str(one.office or "")),
    Column(_("Holder"), lambda one: str(one.holder)),
    Column(_("Function"), lambda one: one.function.name),
    Column(_("Tier"), lambda one: _word(f"tier.{one.function.tier}") if one.function.tier else ""),
    Column(_("Units (codes)"), _unit_codes),
    Column(_("Units (names)"), _units),
    Column(_("From"), lambda one: one.from_date),
    Column(_("Through"), lambda one: last_day(one.until_date)),
    Column(_("Share of full time"), lambda one: one.share),
    Column(_("Deputy (employee id)"), lambda one: one.deputy.employee_id if one.deputy else ""),
    Column(_("Deputy (name)"), lambda one: str(one.deputy or "")),
    Column(_("Appointed by"), lambda one: one.appointed_by),
    Column(_("Supplied by (code)"), lambda one: _of(one.employer, "code")),
    Column(_("Supplied by (name)"), lambda one: _of(one.employer, "name")),
    Column(_("Agreement"), lambda one: one.agreement),
    Column(_("State"), lambda one: _word(f"organisation:appointment.{one.state}")),
)

FUNCTIONS = (
    Column(_("Name in Swedish"), lambda function: function.name_sv),
    Column(_("Name in English"), lambda function: function.name_en),
    Column(_("Tier"), lambda function: _word(f"tier.{function.tier}") if function.tier else ""),
    Column(_("Role"), lambda function: _word(f"access:role.{function.role}")),
    Column(_("Place in the order"), lambda function: function.position),
)

OFFICES = (
    Column(_("Name"), lambda office: office.name),
    Column(_("Unit (code)"), lambda office: office.unit.code),
    Column(_("Unit"), lambda office: office.unit.name),
    Column(_("Function"), lambda office: office.function.name),
)

REQUIREMENTS = (
    Column(_("Asked of"), _asked),
    Column(_("Function"), lambda one: one.function.name),
    Column(_("At least"), lambda one: one.minimum),
    Column(_("At most"), lambda one: one.maximum),
    Column(_("Share of full time"), lambda one: one.share),
    Column(_("From"), lambda one: one.from_date),
    Column(_("Through"), lambda one: last_day(one.until_date)),
)


def _reasons(cell: Cell) -> str:
    return " ".join(sentence(reason) for reason in cell.coverage.reasons)


COVERAGE = (
    Column(_("Code"), lambda cell: cell.unit.code),
    Column(_("Unit"), lambda cell: cell.unit.name),
    Column(_("Kind"), lambda cell: _word(f"organisation:unit_kind.{cell.unit.kind}")),
    Column(_("Tier"), lambda cell: _word(f"tier.{cell.function.tier}") if cell.function.tier else ""),
    Column(_("Function"), lambda cell: cell.function.name),
    Column(_("Status"), lambda cell: _word(f"organisation:coverage.{cell.status}")),
    Column(_("Why"), _reasons),
    Column(_("At least"), lambda cell: cell.required.minimum),
    Column(_("At most"), lambda cell: cell.required.maximum),
    Column(_("Found"), lambda cell: cell.found.count),
    Column(_("Percent of full time"), lambda cell: percent(cell.found.share)),
    Column(_("Holder"), lambda cell: cell.holder),
    Column(_("Through the unit"), lambda cell: cell.through),
)

GROUP_MAPPINGS = (
    Column(_("Reference"), lambda mapping: mapping.reference),
    Column(_("Group"), lambda mapping: mapping.group.name),
    Column(_("Function"), lambda mapping: mapping.function.name),
    Column(_("Unit (code)"), lambda mapping: mapping.unit.code),
    Column(_("Unit"), lambda mapping: mapping.unit.name),
    Column(_("Who decided"), lambda mapping: mapping.decided_by),
    Column(_("Ground"), lambda mapping: mapping.ground),
    Column(_("Case number"), lambda mapping: mapping.case_number),
    Column(_("State"), lambda mapping: _word(f"organisation:group_mapping.{mapping.state}")),
)

"""Units from a file. The key is the unit's code; a name or place that differs holds from the row's day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from varn.areas.organisation import actions
from varn.areas.organisation.importers.cells import Reader, Seen, carried_out_by
from varn.areas.organisation.models import Unit, UnitKind
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.rules.kinds import may_lie_under
from varn.kernel.calendar import last_day
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import ImportColumn, Outcome, Planned, Row

KINDS = {
    word.casefold(): kind
    for kind in UnitKind
    for term in [GLOSSARY[f"organisation:unit_kind.{kind}"]]
    for word in (kind.value, term.sv, term.en)
}


class UnitImporter:
    """The units of the municipality, in any order: a parent may stand below its children in the file."""

    thing = "organisation:unit"
    permission = str(Permission.IMPORT_UNITS)
    fills = ("organisation.Unit", "organisation.UnitPeriod", "organisation.UnitLine")
    rests_on = ("organisation",)
    columns: Sequence[ImportColumn] = (
        ImportColumn(key="code", sv="Kod", en="Code", synonyms=("enhetskod", "id"), required=True, example="2110"),
        ImportColumn(
            key="name", sv="Namn", en="Name", synonyms=("enhet", "unit"), required=True, example="Hemtjänsten"
        ),
        ImportColumn(key="kind", sv="Slag", en="Kind", synonyms=("typ", "type"), required=True, example="enhet"),
        ImportColumn(
            key="parent",
            sv="Under (kod)",
            en="Under (code)",
            synonyms=("överordnad", "parent", "under kod"),
            example="21",
        ),
        ImportColumn(key="address", sv="Adress", en="Address", example="Storgatan 1"),
        ImportColumn(key="email", sv="E-post", en="E-mail", synonyms=("epost", "email"), example=""),
        ImportColumn(
            key="from_date", sv="Från och med", en="From", synonyms=("från", "from date"), example="2026-01-01"
        ),
        ImportColumn(key="until_date", sv="Till och med", en="Through", synonyms=("till", "until"), example=""),
        ImportColumn(key="under", sv="Under", en="Under (name)", example=""),
    )

    def check(self, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
        """What each row would do to the unit of its code."""
        known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        kinds = {code: unit.kind for code, unit in known.items()}
        kinds |= {row["code"].strip(): KINDS.get(row["kind"].strip().casefold(), "") for row in rows}
        seen, sight = Seen(), _sight_of(viewer)
        return [_planned(Reader(row=row), known, kinds, seen, sight) for row in rows]

    def never_alone(self, planned: Sequence[Planned], *, by: Viewer) -> list[str]:
        """A unit gives nobody anything."""
        return []

    def apply(self, planned: Sequence[Planned], *, by: Viewer, at: datetime) -> None:
        """New units stand, and those that differ are changed from their row's day."""
        first = Unit.objects.filter(kind=UnitKind.MUNICIPALITY).values_list("from_date", flat=True).first()
        new = [_new(plan.row, first or by.day) for plan in planned if plan.outcome is Outcome.NEW]
        if new:
            actions.create_units(rows=new, by=by, at=at)
        for plan in planned:
            if plan.outcome is Outcome.CHANGED:
                _change(plan, by=carried_out_by(by), at=at)


def _sight_of(viewer: Viewer) -> frozenset[int] | None:
    """The units that the reader may change by a file; `None` when that is all of them."""
    if viewer.may_everywhere(Permission.IMPORT_UNITS):
        return None
    return frozenset(Unit.objects.visible_to(viewer, Permission.IMPORT_UNITS).values_list("pk", flat=True))


def _planned(
    reader: Reader, known: Mapping[str, Unit], kinds: Mapping[str, str], seen: Seen, sight: frozenset[int] | None
) -> Planned:
    code = reader.text("code", required=True, most=40)
    name, kind = reader.text("name", required=True), reader.text("kind", required=True)
    parent = reader.text("parent", most=40)
    start, end = reader.day("from_date"), reader.end("until_date")
    seen.refuse_twice(reader, code)
    _refuse_place(reader, KINDS.get(kind.casefold(), ""), kind, parent, kinds)
    if start and end and end <= start:
        reader.refuse("until_date", Refusal("organisation:refusal.ends_before_it_begins"))
    unit = known.get(code)
    for one, column in ((unit, "code"), (known.get(parent), "parent")):
        if one is not None and sight is not None and one.pk not in sight:
            reader.refuse(column, Refusal("organisation:refusal.beyond_reach", unit=one.name))
    if unit is not None and KINDS.get(kind.casefold()) not in (None, unit.kind):
        reader.refuse("kind", Refusal("organisation:refusal.kind_is_fixed"))
    changes = {
        "name": (unit.name if unit else None, name),
        "parent": (unit.parent.code if unit and unit.parent else None, parent),
        "address": (unit.address if unit else None, reader.text("address", most=300)),
        "email": (unit.email if unit else None, reader.address("email")),
    }
    if unit is None:
        changes |= {"kind": (None, kind), "from_date": (None, start)}
    if end is not None or unit is None:
        changes["until_date"] = (last_day(unit.until_date) if unit else None, last_day(end))
    return reader.planned(f"{code} {name}", changes, is_new=unit is None)


def _refuse_place(reader: Reader, kind: str, written: str, parent: str, kinds: Mapping[str, str]) -> None:
    if not kind:
        if written:
            reader.refuse("kind", Refusal("organisation:refusal.unknown_kind", text=written))
    elif parent and not kinds.get(parent):
        reader.refuse("parent", Refusal("organisation:refusal.unknown_unit", code=parent))
    elif not may_lie_under(kind, kinds[parent] if parent else None):
        above = f"organisation:unit_kind.{kinds[parent]}" if parent else "–"
        words = {"kind": f"organisation:unit_kind.{kind}", "parent": above}
        reader.refuse("parent", Refusal("organisation:refusal.wrong_parent", **words))


def _new(row: Row, day: date) -> actions.NewUnit:
    """The unit to come. Without a first day it counts as having been there as long as the municipality."""
    reader = Reader(row=row)
    return actions.NewUnit(
        code=reader.text("code"),
        kind=KINDS[reader.text("kind").casefold()].value,
        name=reader.text("name"),
        parent_code=reader.text("parent") or None,
        from_date=reader.day("from_date") or day,
        until_date=reader.end("until_date"),
        address=reader.text("address", most=300),
        email=reader.text("email"),
    )


def _change(plan: Planned, *, by: Viewer, at: datetime) -> None:
    reader = Reader(row=plan.row)
    unit = Unit.objects.get(code=reader.text("code"))
    said = reader.day("from_date")
    day = said if said and said > unit.from_date else max(by.day, unit.from_date)
    if "address" in plan.changes or "email" in plan.changes:
        actions.change_unit(unit=unit, address=reader.text("address"), email=reader.text("email"), by=by, at=at)
    if "name" in plan.changes:
        actions.rename_unit(unit=unit, name=reader.text("name"), from_date=day, by=by, at=at)
    if "parent" in plan.changes:
        parent = Unit.objects.get(code=reader.text("parent"))
        actions.move_unit(unit=unit, parent=parent, from_date=day, by=by, at=at)
    if "until_date" in plan.changes:
        actions.close_unit(unit=unit, until_date=reader.end("until_date"), by=by, at=at)

"""An importer of the tests' own: units by their code, whose names may change."""

from collections.abc import Sequence
from datetime import datetime

from varn.areas.organisation.models import Unit
from varn.areas.organisation.permissions import Permission
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import ImportColumn, Outcome, Planned, Problem, Row
from varn.mechanisms.imports.values import day_of

IMPORTERS = {"names": "varn.mechanisms.imports.tests.example.NameImporter"}


class NameImporter:
    """A row names a unit by its code; a new code makes a new unit."""

    thing = "organisation:unit"
    permission = Permission.IMPORT_UNITS
    fills = ("organisation.Unit",)
    rests_on = ("organisation",)
    columns = (
        ImportColumn(key="code", sv="Kod", en="Code", synonyms=("enhetskod",), required=True, example="21"),
        ImportColumn(key="name", sv="Namn", en="Name", required=True, example="Socialförvaltningen"),
        ImportColumn(key="from_date", sv="Från och med", en="From", example="2022-01-01"),
    )

    def check(self, rows: Sequence[Row], *, viewer: Viewer, at: datetime) -> list[Planned]:
        names = dict(Unit.objects.visible_to(viewer).values_list("code", "name"))
        return [self._planned(row, names.get(row["code"])) for row in rows]

    def never_alone(self, planned: Sequence[Planned], *, by: Viewer) -> list[str]:
        return []

    def apply(self, planned: Sequence[Planned], *, by: Viewer, at: datetime) -> None:
        for each in planned:
            Unit.objects.update_or_create(
                code=each.row["code"],
                defaults={
                    "name": each.row["name"],
                    "sort_name": each.row["name"],
                    "kind": "unit",
                    "from_date": at.date(),
                },
            )

    def _planned(self, row: Row, name: str | None) -> Planned:
        _day, wrong = day_of(row["from_date"])
        if wrong is not None:
            return self._wrong(row, "from_date", wrong)
        if not row["name"]:
            return self._wrong(row, "name", Refusal("imports:refusal.empty_file"))
        changes = {"name": (name or "", row["name"])}
        if name is None:
            return Planned(row=row, outcome=Outcome.NEW, label=row["code"], changes=changes)
        if name == row["name"]:
            return Planned(row=row, outcome=Outcome.SAME, label=row["code"])
        return Planned(row=row, outcome=Outcome.CHANGED, label=row["code"], changes=changes)

    def _wrong(self, row: Row, column: str, reason: Refusal) -> Planned:
        problem = Problem(column=column, reason=reason)
        return Planned(row=row, outcome=Outcome.ERROR, label=row["code"], problems=(problem,))

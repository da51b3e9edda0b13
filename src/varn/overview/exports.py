"""The tables behind the pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.permissions import Permission as Decisions
from varn.areas.organisation.permissions import Permission as Organisation
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.ui.words import word


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A panel whose table can be taken out: with which right, and which columns."""

    permission: str
    columns: Sequence[Column]


PANELS = {
    "coverage": Panel(
        permission=Organisation.EXPORT_APPOINTMENTS,
        columns=(
            Column(_("Unit code"), lambda cell: cell.unit.code),
            Column(_("Unit"), lambda cell: cell.unit.name),
            Column(_("Level"), lambda cell: word(f"tier.{cell.function.tier}")),
            Column(_("Function"), lambda cell: cell.function.name),
            Column(_("Status"), lambda cell: word(f"organisation:coverage.{cell.status}")),
            Column(_("At least"), lambda cell: cell.required.minimum if cell.required else None),
            Column(_("People"), lambda cell: cell.found.count),
            Column(_("Share of full time"), lambda cell: cell.found.share),
        ),
    ),
    "assignments": Panel(
        permission=Decisions.EXPORT_ASSIGNMENTS,
        columns=(
            Column(_("State"), lambda row: word(row.key)),
            Column(_("Assignments"), lambda row: row.count),
        ),
    ),
    "acknowledgements": Panel(
        permission=Decisions.EXPORT_DECISIONS,
        columns=(
            Column(_("Sent"), lambda row: row.sent_at),
            Column(_("Recipient"), lambda row: row.name),
            Column(_("Decision"), lambda row: row.decision.title),
            Column(_("Reference"), lambda row: row.decision.reference),
            Column(_("Reminded"), lambda row: row.reminded_at),
        ),
    ),
}

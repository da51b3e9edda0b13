"""Reading the cells of a row, and gathering what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from varn.kernel.calendar import until_date
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.imports.importer import Outcome, Planned, Problem, Row
from varn.mechanisms.imports.values import day_of, number_of

MISSING = Refusal("organisation:refusal.missing")


@dataclass(kw_only=True)
class Reader:
    """One row being read: its values, and the problems met so far."""

    row: Row
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def text(self, column: str, *, required: bool = False, most: int = 200) -> str:
        """The text of the cell."""
        value = self.row[column].strip()[:most]
        if required and not value:
            self.refuse(column, MISSING)
        return value

    def address(self, column: str) -> str:
        """The e-mail address of the cell."""
        value = self.text(column)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            self.refuse(column, Refusal("organisation:refusal.not_an_address", text=value))
        return value

    def day(self, column: str, *, required: bool = False) -> date | None:
        """The day of the cell."""
        day, fault = day_of(self.row[column])
        if fault is not None:
            self.refuse(column, fault)
        elif required and day is None:
            self.refuse(column, MISSING)
        return day

    def end(self, column: str) -> date | None:
        """The half-open end after the last day that stands in the cell."""
        return until_date(self.day(column))

    def number(self, column: str) -> Decimal | None:
        """The number of the cell."""
        number, fault = number_of(self.row[column])
        if fault is not None:
            self.refuse(column, fault)
        return number

    def refuse(self, column: str, reason: Refusal) -> None:
        """The row cannot be brought in, for this reason."""
        self.problems.append(Problem(column=column, reason=reason))

    def warn(self, column: str, reason: Refusal) -> None:
        """The row can be brought in, but this should be looked at first."""
        self.warnings.append(Problem(column=column, reason=reason))

    def planned(self, label: str, changes: Mapping[str, tuple[object, object]], *, is_new: bool) -> Planned:
        """What the row would do, or why it cannot."""
        said = {name: (_said(old), _said(new)) for name, (old, new) in changes.items() if _said(old) != _said(new)}
        outcome = Outcome.NEW if is_new else Outcome.CHANGED if said else Outcome.SAME
        if self.problems:
            return Planned(row=self.row, outcome=Outcome.ERROR, label=label, problems=tuple(self.problems))
        return Planned(row=self.row, outcome=outcome, label=label, changes=said, warnings=tuple(self.warnings))


@dataclass(kw_only=True)
class Seen:
    """The keys met in the file so far, so that a row that stands there twice is found."""

    rows: dict[object, int] = field(default_factory=dict)

    def refuse_twice(self, reader: Reader, key: object) -> None:
        """A row with the same key as an earlier one is refused."""
        first = self.rows.setdefault(key, reader.row.number)
        if first != reader.row.number:
            reader.refuse("", Refusal("organisation:refusal.row_twice", row=first))


def carried_out_by(viewer: Viewer) -> Viewer:
    """The one who imports, with the right to everything that the rows say: each row's reach was judged in the check.

    The trail shows them by their own name.
    """
    return replace(viewer, is_system=True)


def _said(value: object) -> str:
    return "" if value is None else str(value)

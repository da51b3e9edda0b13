"""Tables of lists: what a cell shows, and an order that never leaves two rows to chance."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.formats import date_format, localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableQuerysetData

from varn.kernel.calendar import ONE_DAY
from varn.mechanisms.links import contact_url, url_of
from varn.mechanisms.ui.badges import badge, badges_of
from varn.mechanisms.ui.words import actor, address, part, word, written

# A name or a reference of at most so many letters stands on one line.
NEVER_BROKEN = 22


class PageData(TableQuerysetData):
    """The rows of a table, of which a page is found by its keys before what it shows of them is put together."""

    def __getitem__(self, key: int | slice) -> Any:
        """One row; or those of a slice, in their order."""
        if isinstance(key, slice):
            return self.data.filter(pk__in=list(self.data.values_list("pk", flat=True)[key]))
        return super().__getitem__(key)


class Table(django_tables2.Table):
    """A list's table. `Meta.shown` names the columns shown until the reader chooses others.

    `keys_first` suits rows that are put together from many tables: the databases then put together only a page of them.
    """

    keys_first: ClassVar[bool] = False

    class Meta:
        default = "–"
        attrs = {"class": "ds-table"}

    @property
    def heading(self) -> str:
        """The column that names the row where rows are shown as cards: the first that leads to a page, or the first."""
        shown = list(self.columns)
        linked = [each for each in shown if isinstance(each.column, ThingColumn) and each.column.is_linked]
        return next((each.name for each in linked or shown), "")

    @classmethod
    def column_names(cls) -> list[str]:
        """Every column that can be shown, in order."""
        named = [name for name in cls._meta.fields or () if name in cls.base_columns]
        return [*named, *(name for name in cls.base_columns if name not in named)]


def stable(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows in the same order, with the primary key as the last word, in the direction of the key before it."""
    order = list(rows.query.order_by) or list(rows.model._meta.ordering or ())
    names = [_bare(key) for key in order]
    if names and names[-1] in ("pk", "id", rows.model._meta.pk.name):
        return rows
    return rows.order_by(*order, "-pk" if order and _is_descending(order[-1]) else "pk")


def _bare(key: Any) -> str:
    if isinstance(key, OrderBy):
        key = key.expression
    return str(vars(key)["name"]) if isinstance(key, F) else str(key).lstrip("-")


def _is_descending(key: Any) -> bool:
    return key.descending if isinstance(key, OrderBy) else str(key).startswith("-")


class ThingColumn(django_tables2.Column):
    """A value that leads to a page: to the thing itself when the value is one, otherwise to the row's own."""

    def __init__(self, *args: Any, link: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_linked = link

    def render(self, value: Any, record: Any) -> str:
        """The text, linked."""
        if not self.is_linked:
            return str(value)
        address = url_of(value if isinstance(value, Model) else record)
        if len(str(value)) <= NEVER_BROKEN:
            return format_html('<span class="nowrap"><a href="{}">{}</a></span>', address, value)
        return format_html('<a href="{}">{}</a>', address, value)


class ContactColumn(django_tables2.Column):
    """An e-mail address or a telephone number, with which one mails or calls."""

    def render(self, value: str) -> SafeString:
        """The link."""
        return format_html('<a href="{}">{}</a>', contact_url(value), address(value))


class DayColumn(django_tables2.Column):
    """A day in Swedish order, that never breaks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs={"td": {"class": "nowrap numbers"}}, **kwargs)

    def render(self, value: date) -> SafeString:
        """The day as the browser can also read it."""
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "Y-m-d"))


class LastDayColumn(DayColumn):
    """The last day that is included, of a half-open end."""

    def render(self, value: date) -> SafeString:
        """The day before the end."""
        return super().render(value - ONE_DAY)


class MomentColumn(django_tables2.Column):
    """A day and a time of day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs={"td": {"class": "nowrap numbers"}}, **kwargs)

    def render(self, value: datetime) -> SafeString:
        """The moment in the municipality's own time."""
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), written(value))


class NumberColumn(django_tables2.Column):
    """A number, aligned to the right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        attrs = {"td": {"class": "numbers end"}, "th": {"class": "end"}}
        super().__init__(*args, attrs=attrs, **kwargs)

    def render(self, value: int | Decimal) -> str:
        """The number with the language's own signs."""
        return localize(value)


class PartColumn(NumberColumn):
    """A part of full time in percent."""

    def render(self, value: int | Decimal) -> str:
        """The percent, as the language writes them."""
        return part(value)


class WordColumn(django_tables2.Column):
    """A key of a closed set, as its glossary word."""

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix = prefix

    def render(self, value: str) -> str:
        """The word."""
        return capfirst(word(f"{self.prefix}{value}"))


class ActorColumn(django_tables2.Column):
    """Who did it: a person's name, or a job in words."""

    def render(self, value: str) -> str:
        """The name."""
        return actor(value)


class BadgeColumn(WordColumn):
    """A key of a closed set, as word, colour and icon."""

    def render(self, value: str) -> str:
        """The badge."""
        return badge(f"{self.prefix}{value}")


class StateColumn(django_tables2.Column):
    """The state of the row, as word, colour and icon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"verbose_name": _("State")} | kwargs))

    def render(self, record: Model, table: Any) -> str:
        """The badge, and those of what stands out today."""
        return badges_of(record, table.request.viewer.day)

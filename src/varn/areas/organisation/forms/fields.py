"""Fields that name a unit or a person by what people type, however many there are to choose from."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.models import Person, Unit
from varn.mechanisms.ui.fields import SuggestInput
from varn.mechanisms.ui.words import part

BLANK_LINES = 2
MOST_UNITS = 500
LONGEST_NAME = 300


class ShareField(forms.DecimalField):
    """A part of full time, shown in percent as everywhere; "50 %", "50" and "0,5" are the same."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimal_places=2, localize=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A number is shown in percent; what was typed stays as typed."""
        return part(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """The part, however its decimals were set off. Where one post is the most, what is above it is percent."""
        if not isinstance(value, str):
            return super().to_python(value)
        text = value.strip().replace(",", ".")
        number = super().to_python(text.rstrip("%").strip())
        is_percent = text.endswith("%") or (number is not None and self.max_value == 1 and number > 1)
        return number / 100 if number is not None and is_percent else number


class SuggestManyInput(SuggestInput):
    """Several such boxes under one another, with a few empty ones to go on in."""

    template_name = "organisation/widgets/suggest_many.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """One box per value, and the empty ones."""
        values = [each for each in (value or []) if each]
        return super().get_context(name, "", attrs) | {"values": [*values, *[""] * BLANK_LINES]}

    def format_value(self, value: Any) -> Any:
        """The values as they are; each is written in its own box."""
        return value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was typed in all the boxes."""
        return [value.strip() for value in data.getlist(name) if value.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """An empty list is an answer."""
        return False


class ThingField(forms.CharField):
    """One thing of a register, named by its key in brackets, its key alone, or its name when only one bears it."""

    key: str

    def __init__(self, *, suggestions: str | Promise, rows: Callable[[Any], QuerySet], **kwargs: Any) -> None:
        super().__init__(widget=SuggestInput(suggestions), max_length=LONGEST_NAME, **kwargs)
        self.rows = rows
        self.viewer = None

    def prepare_value(self, value: Any) -> Any:
        """A thing is written as its name with its key in brackets; what was typed stays as typed."""
        return label_of(value, self.key) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Model | None:
        """The one thing that is meant; a sentence when there is none or when several may be meant."""
        text = super().clean(value).strip()
        return the_one(text, self.rows(self.viewer), self.key) if text else None


class UnitField(ThingField):
    """A unit, by code or name."""

    key = "code"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(suggestions=reverse_lazy("organisation:unit-suggest"), rows=_units, **kwargs)


class PersonField(ThingField):
    """A person whom the reader may see, by employee id or name."""

    key = "employee_id"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(suggestions=reverse_lazy("organisation:person-suggest"), rows=_people, **kwargs)


class UnitsField(forms.Field):
    """One or several units, each by code or name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestManyInput(reverse_lazy("organisation:unit-suggest")), **kwargs)
        self.viewer = None

    def prepare_value(self, value: Iterable[Any] | None) -> list[str]:
        """Each unit is written as its name with its code in brackets."""
        return [label_of(each, "code") if isinstance(each, Model) else each for each in value or []]

    def clean(self, value: list[str]) -> list[Unit]:
        """The units that are meant, each once."""
        super().clean(value)
        if len(value) > MOST_UNITS:
            raise ValidationError(_("At most %(limit)s units."), params={"limit": MOST_UNITS})
        rows, one = _units(self.viewer), forms.CharField(max_length=LONGEST_NAME)
        return list(dict.fromkeys(the_one(one.clean(text), rows, "code") for text in value))


def label_of(thing: Model, key: str) -> str:
    """How a thing is written in a box: its name and its key."""
    return f"{thing} ({getattr(thing, key)})"


def the_one(text: str, rows: QuerySet, key: str) -> Model:
    """The row that the text names. Raises `ValidationError`."""
    _name, bracket, end = text.rpartition("(")
    written = end.rstrip(") ").strip() if bracket else text
    found = list(rows.filter(**{key: written})[:1]) or list(rows.filter(name__iexact=text)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(_("Several are called “%(text)s”. Choose one of the suggestions."), params={"text": text})
    raise ValidationError(_("There is none called “%(text)s”."), params={"text": text})


def _units(viewer: Any) -> QuerySet:
    return Unit.objects.visible_to(viewer).order_by("pk")


def _people(viewer: Any) -> QuerySet:
    return Person.objects.visible_to(viewer).order_by("pk")

"""Form fields that know days, glossary words and colours."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.kernel.calendar import is_within_range, last_day, until_date
from varn.mechanisms.ui import colours
from varn.mechanisms.ui.days import range_sentence
from varn.mechanisms.ui.words import word

LONGEST_ADDRESS = 254
Choices = list[tuple[str, str]]


class SuggestInput(forms.TextInput):
    """A box that suggests while one types; without script, or without the address of suggestions, it is a plain box."""

    template_name = "ui/widgets/suggest.html"

    def __init__(self, suggestions: str | Promise = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "class": "ds-input"} | (attrs or {}))
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The plain box with the address of its suggestions."""
        return super().get_context(name, value, attrs) | {"suggestions": str(self.suggestions)}


class DayInput(forms.DateInput):
    """The browser's own date field. Its value is always written as ISO, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, within the range that can be counted from."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """The day, however it was written."""
        day = super().to_python(value)
        if day is not None and not is_within_range(day):
            raise ValidationError(range_sentence(), code="range")
        return day


class LastDayField(DayField):
    """The last day that is included; the cleaned value is the half-open end, the day after."""

    def prepare_value(self, value: Any) -> Any:
        """A stored half-open end is shown as the last included day; what the reader typed stays as typed."""
        return last_day(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """The day after the last included one."""
        return until_date(super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another last day was given than the stored one."""
        return super().has_changed(self.prepare_value(initial), data)


class EmailField(forms.EmailField):
    """An address, no longer than the longest that is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_ADDRESS} | kwargs)


def word_choices(keys: Iterable[str], prefix: str = "") -> Choices:
    """The keys with their glossary words, in the reader's language."""
    return [(str(key), capfirst(word(f"{prefix}{key}"))) for key in keys]


class WordChoiceField(forms.ChoiceField):
    """One of a closed set, shown with the glossary's words. Nothing is chosen until somebody chooses."""

    def __init__(self, *, keys: Iterable[str], prefix: str = "", required: bool = True, **kwargs: Any) -> None:
        every = tuple(keys)

        def choices() -> Choices:
            return [("", gettext("Choose") if required else "–"), *word_choices(every, prefix)]

        super().__init__(choices=choices, required=required, **kwargs)


class ColourField(forms.CharField):
    """A colour as "#rrggbb" that can be read on the surface it is meant for."""

    def __init__(self, *, on: colours.Rgb, surface: Any, **kwargs: Any) -> None:
        super().__init__(max_length=7, **kwargs)
        self.on = on
        self.surface = surface

    def clean(self, value: Any) -> str:
        """The colour in lower case; a sentence with the measured contrast when it is too faint."""
        text = str(super().clean(value)).strip().lower()
        if not text:
            return ""
        try:
            colour = colours.parse(text)
        except ValueError:
            raise ValidationError(_("Write the colour as # and six digits or letters a–f."), code="invalid") from None
        ratio = colours.contrast(colour, self.on)
        if ratio < colours.LEAST_CONTRAST:
            message = _(
                "The colour cannot be read on %(surface)s: the contrast is %(ratio)s to 1, and it must be at least "
                "%(least)s to 1."
            )
            shown = {"surface": self.surface, "ratio": f"{ratio:.1f}", "least": colours.LEAST_CONTRAST}
            raise ValidationError(message, code="contrast", params=shown)
        return text


lazy_word = lazy(lambda key: capfirst(word(key)), str)

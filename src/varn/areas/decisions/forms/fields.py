"""Fields in which a person names a decision or somebody: typed, with the nearest ones suggested."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.ui.forms import Form

MOST_SUGGESTED = 40


class SuggestingInput(forms.TextInput):
    """A text box with suggestions that the browser itself shows."""

    template_name = "decisions/suggesting_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}))
        self.suggestions: Sequence[tuple[str, str]] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The box, and its suggestions under a name of their own."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-list"
        return context | {"suggestions": self.suggestions}


NOTHING = _("Nothing by that name was found.")


class NamedField(forms.CharField):
    """A thing named by what people call it. `find` gives those that the words may mean; exactly one must be meant."""

    widget = SuggestingInput

    def __init__(self, *, nobody: Any = NOTHING, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.nobody = nobody
        self.find: Callable[[str], Iterable[Any]] = lambda words: ()

    def offer(self, find: Callable[[str], Iterable[Any]], suggestions: Iterable[tuple[str, str]]) -> None:
        """Where to look, and what to suggest: the words to write, and what they stand for."""
        self.find = find
        self.widget.suggestions = list(suggestions)

    def need_unless(self, standing: object, *, emptied: Any) -> None:
        """Something must be written, unless something stands that an empty box takes away; `emptied` says so."""
        self.required = self.widget.is_required = not standing
        if standing:
            self.help_text = f"{self.help_text} {emptied}".strip()

    def clean(self, value: Any) -> Any:
        """The thing that is meant; `None` when nothing was written and nothing is required."""
        words = super().clean(value)
        if not words:
            return None
        found = list(self.find(words))
        if len(found) != 1:
            raise ValidationError(
                _("More than one may be meant; write more.") if found else self.nobody, code="unknown"
            )
        return found[0]


class ReasonForm(Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

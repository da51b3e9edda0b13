"""Filters of lists. Each lives in the URL, so that a filtered list is a link."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.kernel.lifecycle import Lifecycle
from varn.mechanisms.ui.fields import DayInput, word_choices

SEARCH = _("Search in the list")
STATE = _("State")
ALL = _("All")


class YesNo(forms.Select):
    """Everything, only those of which it holds, or only the others. Links may write 1 and 0 for yes and no."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[("", ALL), ("true", _("Yes")), ("false", _("No"))])

    def format_value(self, value: Any) -> list[str]:
        """The choice that stands in the list; nothing chosen is everything."""
        return ["" if value is None else str(value).lower()]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> bool | None:
        """What was chosen; whatever is neither yes nor no is everything."""
        return {"true": True, "1": True, "false": False, "0": False}.get(str(data.get(name, "")).lower())


class FilterSet(django_filters.FilterSet):
    """The filters of one list. What is not chosen means everything, and says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            if isinstance(each, django_filters.BooleanFilter):
                each.extra.setdefault("widget", YesNo)
            elif "empty_label" in each.extra:
                each.extra["empty_label"] = each.extra["empty_label"] and ALL


class TextFilter(django_filters.CharFilter):
    """One box that looks for every word of what was typed, each in any of the fields."""

    def __init__(self, *, fields: Iterable[str], label: str | Promise = SEARCH, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        super().__init__(label=label, widget=widget, max_length=200, **kwargs)
        self.fields = tuple(fields)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows that hold every word."""
        for part in (value or "").split()[:8]:
            qs = qs.filter(reduce(or_, (Q(**{f"{field}__icontains": part}) for field in self.fields)))
        return qs


class DayFilter(django_filters.DateFilter):
    """A day, chosen in the browser's own date field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=DayInput(), **kwargs)


class WordFilter(django_filters.ChoiceFilter):
    """One of a closed set, shown with the glossary's words."""

    def __init__(self, *, keys: Iterable[str], prefix: str = "", **kwargs: Any) -> None:
        every = tuple(keys)
        super().__init__(choices=lambda: word_choices(every, prefix), empty_label=ALL, **kwargs)


class StateFilter(django_filters.MultipleChoiceFilter):
    """The states of a lifecycle, several at once."""

    def __init__(self, cycle: Lifecycle, *, label: str | Promise = STATE, **kwargs: Any) -> None:
        super().__init__(
            choices=lambda: word_choices((state.value for state in cycle.states), f"{cycle.name}."),
            widget=forms.CheckboxSelectMultiple(),
            label=label,
            **kwargs,
        )

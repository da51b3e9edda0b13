"""Form pages: one column, labels above, help under the label, errors on top and at their fields, nothing lost."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from varn.mechanisms.access.request import OpenRequest, Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import Link
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.protecting import AwaitsApproval
from varn.mechanisms.ui.conflicts import (
    Conflict,
    Stored,
    asked_to_take,
    conflict_of,
    is_opened,
    opened_with,
    take,
    unchanged,
)
from varn.mechanisms.ui.fields import (
    ColourField,
    DayField,
    DayInput,
    EmailField,
    LastDayField,
    WordChoiceField,
    lazy_word,
    word_choices,
)
from varn.mechanisms.ui.words import sentence

__all__ = [
    "ColourField",
    "DayField",
    "DayInput",
    "EmailField",
    "Form",
    "LastDayField",
    "Stored",
    "WordChoiceField",
    "form_page",
    "lazy_word",
    "sent",
    "sent_files",
    "stored",
    "submitted",
    "word_choices",
]

T = TypeVar("T")
# Where so many rows are offered, somebody may write at length.
ROWS_OF_LONG_TEXT = 6
Group = tuple[str | Promise, Sequence[str]]


class Form(forms.Form):
    """A form that knows who is asking. `fieldsets` groups its fields under headings.

    Of the fields in `one_of` one is needed, whichever; none of them is called optional. Where `asks_reason` is false a
    move that needs no reason asks for none.
    """

    fieldsets: ClassVar[Sequence[Group]] = ()
    one_of: ClassVar[Sequence[str]] = ()
    asks_reason: bool = True
    viewer: Viewer | None
    standing: Stored | None
    conflict: Conflict | None = None

    def __init__(self, *args: Any, viewer: Viewer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = kwargs["initial"] if isinstance(kwargs.get("initial"), Stored) else None
        self.viewer = viewer
        self.build()
        self.order_fields([field.name for _heading, fields in self.groups() for field in fields])
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None:
                field.empty_label = _("Choose") if field.required else "–"

    def build(self) -> None:
        """Set what depends on the reader, such as the rows that can be chosen. Forms that need it override this."""

    def clean(self) -> dict[str, Any]:
        """One of the fields of which one is needed is given."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.one_of and not any(values.get(name) or name in self.errors for name in self.one_of):
            self.add_error(self.one_of[0], _("One of these is needed."))
        return values

    def grouped(self) -> Sequence[Group]:
        """The headings with their fields. A form whose groups depend on more than its class overrides this."""
        return self.fieldsets

    @property
    def opened_with(self) -> str:
        """What the form carries of the record that it changes, as it stood when the form was opened."""
        return opened_with(self)

    @property
    def takes_long_text(self) -> bool:
        """Whether somebody may write at length in it."""
        areas = [each.widget for each in self.fields.values() if isinstance(each.widget, forms.Textarea)]
        return any(int(area.attrs.get("rows", 0)) >= ROWS_OF_LONG_TEXT for area in areas)

    def groups(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        """The shown fields, group by group; those in no group come first, without a heading."""
        grouped = {name for _, names in self.grouped() for name in names}
        loose = [field for field in self.visible_fields() if field.name not in grouped]
        if loose:
            yield "", loose
        for heading, names in self.grouped():
            yield heading, [self[name] for name in names if name in self.fields]


def stored(form: type[forms.Form], thing: Any, **more: Any) -> Stored:
    """What the form asks about the thing, as it stands now: a form of change opens with it and empties nothing.

    `more` is of the thing as well, where it has another name or shape there; what lies in rows beside it is given as a
    function that reads it. Whoever sends the form is told when
    somebody else has changed any of this in the meantime. What is proposed only is added with `|`.
    """
    values = {name: getattr(thing, name) for name in form.base_fields if hasattr(thing, name)}
    return Stored(thing, values | more)


def sent(request: OpenRequest) -> QueryDict | None:
    """What was sent, even when it is nothing but the button; `None` when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def sent_files(request: OpenRequest) -> MultiValueDict[str, Any] | None:
    """The files that were sent, even when none was chosen; `None` when the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def submitted(form: forms.Form, action: Callable[..., T], request: Request, **more: Any) -> T | None:
    """What the action returns when the form was sent, is valid and nothing refuses it; otherwise `None`.

    A refusal stands on the form as a sentence. Where the form changes a record that somebody else has changed since the
    form was opened, nothing is done and the form holds both texts.
    """
    if request.method != "POST" or _took_theirs(form) or not form.is_valid():
        return None
    try:
        if isinstance(form, Form) and form.standing is not None and _is_compared(form, request):
            return _changed(form, action, request, more)
        return action(**form.cleaned_data, **more, by=request.viewer, at=request.viewer.at)
    except Refused as error:
        form.add_error(None, sentence(error.refusal))
        return None


def _took_theirs(form: forms.Form) -> bool:
    """Whether the reader only took over what stands now; then it is shown, and nothing is saved yet."""
    names = asked_to_take(form) if isinstance(form, Form) else []
    if names:
        take(form, names)
    return bool(names)


def _is_compared(form: Form, request: Request) -> bool:
    """A test's browser that is excused from the token of a form is excused from this, unless it sends it."""
    return is_opened(form) or not getattr(request, "_dont_enforce_csrf_checks", False)


def _changed(form: Form, action: Callable[..., T], request: Request, more: dict[str, Any]) -> T | None:
    """What became a request instead of being done stands: it is told when the transaction is over."""
    assert form.standing is not None
    with unchanged(form.standing.thing, form.standing.entry):
        form.conflict = conflict_of(form, request.viewer)
        if form.conflict is not None:
            return None
        try:
            return action(**form.cleaned_data, **more, by=request.viewer, at=request.viewer.at)
        except AwaitsApproval as error:
            awaiting = error
    raise awaiting


def form_page(
    request: OpenRequest,
    *,
    form: forms.Form,
    title: str | Promise,
    back: str,
    submit: str | Promise = "",
    lead: str | Promise = "",
    danger: bool = False,
    stop_text: bool = False,
    help_page: str = "",
    trail: Sequence[Link] = (),
    explanation: str = "",
    template: str = "ui/form.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page with the form on it, and a way back that changes nothing. Its button says `submit`, or the title.

    `lead` says what it is about, and `explanation` what will happen.
    """
    shown = {
        "form": form,
        "title": title,
        "back": back,
        "submit": submit or title,
        "lead": lead,
        "explanation": explanation,
        "danger": danger,
        "stop_text": stop_text,
        "help_page": help_page,
        "trail": trail,
    }
    status = HTTPStatus.CONFLICT if getattr(form, "conflict", None) else HTTPStatus.OK
    return render(request, template, shown | (context or {}), status=status)

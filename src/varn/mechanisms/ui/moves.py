"""The page of a move: says what will happen, asks for the reason where one is required, and makes the move."""

from collections.abc import Callable
from inspect import signature
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varn.kernel.lifecycle import Lifecycle, Move, MoveNotOpen
from varn.mechanisms.access.doors import View, needs
from varn.mechanisms.access.querysets import may, visible
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, key_of, name_of, state_of, url_of
from varn.mechanisms.moves.making import make
from varn.mechanisms.ui.details import MoveButton, move_buttons
from varn.mechanisms.ui.forms import Form, form_page, sent, sent_files, submitted
from varn.mechanisms.ui.tones import Tone
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, word

Do = Callable[..., Any]
Tell = Callable[[Any], str]


class ReasonForm(Form):
    """Why the move is made. Asked of every move, required by some."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


def move_view(
    model: type[models.Model],
    name: str,
    *,
    permission: str | None = None,
    back: str | None = None,
    do: Do | None = None,
    form: type[forms.Form] | None = None,
    tell: Tell = str,
) -> View:
    """The view behind one button. `do(thing, by=, at=, reason=, **the form's values)` replaces the plain move.

    `tell` says in a line what it is that the reader decides on.
    """
    right = permission or _permission_of(model, name)

    @needs(right, methods=("GET", "HEAD", "POST"))
    def view(request: Request, **kwargs: Any) -> HttpResponse:
        thing = _found(model, request, kwargs)
        if not may(request.viewer, right, thing):
            if request.method == "POST":
                raise PermissionDenied(right)
            raise Http404
        move = _move_from_here(thing, name)
        asked = _asked(form, thing, request, reason_required=_asks_why(model, name, move))
        if _made(thing, name, do, asked, request):
            messages.success(request, _done(thing))
            return redirect(reverse(back, args=[key_of(thing)]) if back else url_of(thing))
        return _page(request, thing, move, right, asked, back, tell)

    view.__name__ = f"{model.__name__.lower()}_{name}"
    view.__doc__ = f"The move {name} of one {model._meta.verbose_name}."
    return view


def _permission_of(model: Any, name: str) -> str:
    return next(str(move.permission) for move in model.lifecycle.moves if move.name == name)


def _found(model: type[models.Model], request: Request, kwargs: dict[str, Any]) -> models.Model:
    ((key, value),) = kwargs.items()
    return get_object_or_404(visible(model, request.viewer), **{key: value})


def _move_from_here(thing: Any, name: str) -> Move | None:
    cycle: Lifecycle = type(thing).lifecycle
    try:
        return cycle.move(name, thing.state)
    except MoveNotOpen:
        return None


def _asks_why(model: Any, name: str, move: Move | None) -> bool:
    """Whether the move wants a reason; where it is not open from here, whether it does from anywhere."""
    cycle: Lifecycle = model.lifecycle
    return any(each.reason_required for each in ([move] if move else cycle.moves) if each.name == name)


def _asked(
    form: type[forms.Form] | None, thing: models.Model, request: Request, *, reason_required: bool
) -> forms.Form:
    kind = form or ReasonForm
    known: dict[str, Any] = {"thing": thing} if "thing" in signature(kind.__init__).parameters else {}
    given: dict[str, Any] = known | ({"viewer": request.viewer} if issubclass(kind, Form) else {})
    asked = kind(sent(request), sent_files(request), **given)
    if "reason" not in asked.fields:
        if not reason_required and not getattr(asked, "asks_reason", True):
            return asked
        asked.fields["reason"] = ReasonForm.base_fields["reason"].__deepcopy__({})
    asked.fields["reason"].required = reason_required
    return asked


def _made(thing: models.Model, name: str, do: Do | None, asked: forms.Form, request: Request) -> bool:
    """Whether the move was made; otherwise the form carries the sentence that says why not, or what others changed."""

    def move(**given: Any) -> bool:
        if do is None:
            make(thing, name, **given)
        else:
            do(thing, **given)
        return True

    return bool(submitted(asked, move, request))


def _done(thing: models.Model) -> str:
    """What is true now. The deed may have locked and changed a copy of its own, so the state is read anew."""
    thing.refresh_from_db(fields=["state"])
    state = word(state_of(thing))
    return _("%(thing)s is now “%(state)s”.") % {"thing": thing, "state": state}


def _page(
    request: Request,
    thing: models.Model,
    move: Move | None,
    right: str,
    asked: forms.Form,
    back: str | None,
    tell: Tell,
) -> HttpResponse:
    home = reverse(back, args=[key_of(thing)]) if back else url_of(thing)
    button = _button(thing, move, request)
    shown = {
        "thing": thing,
        "lead": tell(thing),
        "source": state_of(thing),
        "target": f"{name_of(type(thing))}.{move.target}" if move else "",
        "closed": button.closed if button else _closed_here(thing, move),
    }
    return form_page(
        request,
        form=asked,
        title=capfirst(word(right)),
        back=home,
        submit=capfirst(word(right)),
        danger=bool(button and button.tone is Tone.DANGER),
        stop_text=True,
        explanation=explanation(right),
        trail=trail_to(type(thing), thing) if back is None else [Link(label=str(thing), url=home)],
        template="ui/move.html",
        context=shown,
    )


def _button(thing: models.Model, move: Move | None, request: Request) -> MoveButton | None:
    return next((each for each in move_buttons(thing, request=request) if move and each.name == move.name), None)


def _closed_here(thing: models.Model, move: Move | None) -> str:
    if move is not None:
        return ""
    state = word(state_of(thing))
    return _("This cannot be done now: the state is “%(state)s”.") % {"state": state}

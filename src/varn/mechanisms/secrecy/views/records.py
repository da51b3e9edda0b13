"""Who sees a record: its page, and what is done to it there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn.kernel.levels import Level
from varn.mechanisms.access.doors import fresh, needs, signed_in
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.querysets import may, visible
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.secrecy import actions, queries
from varn.mechanisms.secrecy.forms import LevelForm, LowerForm, PlaceForm, ReasonForm, ShareForm, SubjectForm
from varn.mechanisms.secrecy.records import guarded_models, level_of, marking_of
from varn.mechanisms.secrecy.showing import ANY_OF, record_url
from varn.mechanisms.ui.details import Fact
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted
from varn.mechanisms.ui.words import explanation, word

BOTH = ("GET", "HEAD", "POST")
HELP = "sekretess"
# What taking out is called where it is approved; the right to it is that of lowering the level.
TAKE_OUT = "access:marking:take_out"


@signed_in
@require_safe
def record_detail(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """The record's level, compartment, subjects and shares, and what the reader may do to them."""
    thing, viewer = found(request, area, kind, pk), request.viewer
    if not viewer.may_any(ANY_OF):
        raise Http404
    level, marking = level_of(thing, viewer.at), marking_of(thing, viewer.at)
    is_case = area != "organisation"
    context = {
        "title": _("Who sees %(record)s") % {"record": thing},
        "thing": thing,
        "facts": _facts(level, marking),
        "actions": list(_links(thing, request, is_placed=marking is not None and marking.compartment_id is not None)),
        "subjects": queries.subjects_of(thing, viewer=viewer) if is_case else None,
        "shares": queries.shares_of(thing, viewer=viewer) if is_case else None,
        "may_end_subject": may(viewer, Permission.END_SUBJECT, thing),
        "may_take_back": may(viewer, Permission.TAKE_BACK_SHARE, thing),
        "trail": [Link(label=str(thing), url=url_of(thing))],
        "help_page": HELP,
    }
    return render(request, "secrecy/record.html", context)


@needs(Permission.SET_LEVEL, methods=BOTH)
def level_set(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """A higher level for the record."""
    thing = found(request, area, kind, pk, Permission.SET_LEVEL)
    current = level_of(thing, request.viewer.at)
    levels = [level for level in Level if level > current]
    form = LevelForm(sent(request), viewer=request.viewer, levels=levels)
    return _done_or_form(request, thing, form, actions.set_level, Permission.SET_LEVEL)


@needs(Permission.LOWER_LEVEL, methods=BOTH)
@fresh
def level_lower(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """A lower level for the record."""
    thing = found(request, area, kind, pk, Permission.LOWER_LEVEL)
    current = level_of(thing, request.viewer.at)
    levels = [level for level in Level if level < current]
    form = LowerForm(sent(request), viewer=request.viewer, levels=levels)
    return _done_or_form(request, thing, form, actions.lower_level, Permission.LOWER_LEVEL, danger=True)


@needs(Permission.PLACE, methods=BOTH)
def record_place(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """The record goes into one of the reader's compartments."""
    thing = found(request, area, kind, pk, Permission.SET_LEVEL)
    form = PlaceForm(sent(request), viewer=request.viewer)
    return _done_or_form(request, thing, form, actions.place_in_compartment, Permission.PLACE)


@needs(Permission.PLACE, methods=BOTH)
def record_take_out(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """The record lies in its compartment no more."""
    thing = found(request, area, kind, pk, Permission.LOWER_LEVEL)
    form, act = ReasonForm(sent(request), viewer=request.viewer), actions.take_out_of_compartment
    return _done_or_form(request, thing, form, act, TAKE_OUT, danger=True, title=_("Take out of the compartment"))


@needs(Permission.RECORD_SUBJECT, methods=BOTH)
def subject_record(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """Whom the case concerns."""
    thing = found(request, area, kind, pk, Permission.RECORD_SUBJECT)
    form = SubjectForm(sent(request), viewer=request.viewer)
    return _done_or_form(request, thing, form, actions.record_subject, Permission.RECORD_SUBJECT)


@needs(Permission.END_SUBJECT, methods=BOTH)
def subject_end(request: Request, pk: int) -> HttpResponse:
    """The case concerns the person no more."""
    subject, thing = _beside(queries.subject_for(pk, viewer=request.viewer, to=Permission.END_SUBJECT))
    form = ReasonForm(sent(request), viewer=request.viewer)
    return _done_or_form(
        request, thing, form, actions.end_subject, Permission.END_SUBJECT, danger=True, subject=subject
    )


@needs(Permission.SHARE, methods=BOTH)
@fresh
def share_give(request: Request, area: str, kind: str, pk: int) -> HttpResponse:
    """The record is shared with a unit or a person."""
    thing = found(request, area, kind, pk, Permission.SHARE)
    form = ShareForm(sent(request), viewer=request.viewer)
    return _done_or_form(request, thing, form, actions.share_record, Permission.SHARE)


@needs(Permission.TAKE_BACK_SHARE, methods=BOTH)
def share_take_back(request: Request, pk: int) -> HttpResponse:
    """The share ends now."""
    share, thing = _beside(queries.share_for(pk, viewer=request.viewer, to=Permission.TAKE_BACK_SHARE))
    form, act = ReasonForm(sent(request), viewer=request.viewer), actions.take_back_share
    return _done_or_form(request, thing, form, act, Permission.TAKE_BACK_SHARE, danger=True, share=share)


def found(request: Request, area: str, kind: str, pk: int, to: str | None = None) -> Any:
    """The record of this kind and number that the reader sees; otherwise it does not exist.

    What the reader sees but may not do with it has no page, and sending it is forbidden.
    """
    model = guarded_models().get(f"{area}:{kind}")
    if model is None:
        raise Http404
    thing = get_object_or_404(visible(model, request.viewer), pk=pk)
    if to is not None and not may(request.viewer, to, thing):
        raise Http404 if request.method in ("GET", "HEAD") else PermissionDenied(to)
    return thing


def _beside(found_row: tuple[Any, Any] | None) -> tuple[Any, Any]:
    if found_row is None:
        raise Http404
    return found_row


def _done_or_form(
    request: Request,
    thing: Any,
    form: Form,
    act: Callable[..., Any],
    permission: str,
    *,
    danger: bool = False,
    title: str = "",
    **about: Any,
) -> HttpResponse:
    if submitted(form, act, request, **(about or {"thing": thing})) is not None:
        messages.success(request, _("It is done."))
        return redirect(record_url(thing))
    return form_page(
        request,
        form=form,
        title=title or capfirst(word(permission)),
        lead=str(thing),
        explanation=explanation(permission),
        back=record_url(thing),
        danger=danger,
        stop_text=True,
        help_page=HELP,
        trail=[Link(label=str(thing), url=url_of(thing)), Link(label=_("Who sees this"), url=record_url(thing))],
    )


def _facts(level: Level, marking: Any) -> list[Fact]:
    facts = [Fact(label=_("Level of sensitivity"), state=f"level.{level.key}")]
    if marking is None:
        return facts
    lies_in = marking.compartment
    return [
        *facts,
        Fact(label=_("Ground"), value=marking.ground),
        Fact(label=_("Reason"), value=marking.reason),
        Fact(label=_("Since"), value=marking.from_at),
        Fact(label=_("Compartment"), value=lies_in, url=url_of(lies_in) if lies_in is not None else ""),
    ]


def _links(thing: Any, request: Request, *, is_placed: bool) -> Any:
    """What the reader may do about who sees the record."""
    viewer = request.viewer
    level = level_of(thing, viewer.at)
    if level is not Level.SEALED and may(viewer, Permission.SET_LEVEL, thing):
        yield Link(label=capfirst(word(Permission.SET_LEVEL)), url=record_url(thing, "set_level"), icon="lock")
        if not is_placed and viewer.may(Permission.PLACE):
            yield Link(label=capfirst(word(Permission.PLACE)), url=record_url(thing, "place"), icon="archive")
    if level is not Level.OPEN and may(viewer, Permission.LOWER_LEVEL, thing):
        yield Link(label=capfirst(word(Permission.LOWER_LEVEL)), url=record_url(thing, "lower_level"), icon="pencil")
        if is_placed:
            yield Link(label=_("Take out of the compartment"), url=record_url(thing, "take_out"), icon="logout")
    if type(thing)._meta.app_label != "organisation":
        for permission, verb, icon in (
            (Permission.RECORD_SUBJECT, "record_subject", "user-x"),
            (Permission.SHARE, "share", "send"),
        ):
            if may(viewer, permission, thing):
                yield Link(label=capfirst(word(permission)), url=record_url(thing, verb), icon=icon)
    if viewer.may(Permission.EXPLAIN):
        yield Link(label=_("Why does somebody see it?"), url=record_url(thing, "explain"), icon="help-circle")

"""The detail page: facts, the open moves as buttons, files, comments and history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst

from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, verb_url
from varn.mechanisms.moves.making import OpenMove, open_moves
from varn.mechanisms.ui.history import SHOWN, told
from varn.mechanisms.ui.notes import notes_beside
from varn.mechanisms.ui.tones import Tone
from varn.mechanisms.ui.words import sentence, word


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of facts. `url` links the value; `note` is said after it; `state` is a glossary key shown as a badge."""

    label: str | Promise
    value: object = None
    url: str = ""
    note: str | Promise = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class MoveButton:
    """One move of the lifecycle: where its page is, and the sentence that says why it is closed, if it is."""

    name: str
    label: str
    url: str
    closed: str = ""
    tone: Tone = Tone.NEUTRAL
    primary: bool = False


def detail_context(
    thing: models.Model,
    *,
    request: Request,
    title: str | Promise = "",
    facts: Sequence[Fact] = (),
    trail: Sequence[Link] = (),
    actions: Sequence[Link] = (),
    help_page: str = "",
    pressing: Collection[str] | None = None,
) -> dict[str, Any]:
    """What `ui/detail.html` shows. The caller has found the thing through `visible_to`.

    `pressing` names the moves that somebody waits for: the first that is open is the primary button. Unless they are
    named, any open move is.
    """
    everything = request.GET.get("history") == "all"
    history = told(thing, viewer=request.viewer, everything=everything)
    heading = str(title or thing)
    reference = getattr(thing, "reference", "")
    return {
        "thing": thing,
        "title": heading,
        "reference": "" if heading == reference else reference,
        "facts": facts,
        "moves": _most_pressing_first(move_buttons(thing, request=request), pressing),
        "has_state": hasattr(type(thing), "lifecycle"),
        "history": history,
        "more_history": len(history) == SHOWN and not everything,
        "notes": notes_beside(thing, request=request) if takes_notes(type(thing)) else None,
        "actions": actions,
        "trail": trail,
        "help_page": help_page,
    }


def takes_notes(model: type[models.Model]) -> bool:
    """Whether comments and files can be put beside things of this kind, as the model itself declares."""
    return getattr(model, "takes_notes", False)


def move_buttons(thing: models.Model, *, request: Request) -> list[MoveButton]:
    """The moves this reader may make: the open ones first, and of those the ones that end the thing last."""
    if not hasattr(type(thing), "lifecycle"):
        return []
    buttons = [_button(thing, each) for each in open_moves(thing, by=request.viewer, at=request.viewer.at)]
    return sorted(buttons, key=lambda button: (bool(button.closed), button.tone is Tone.DANGER))


def _most_pressing_first(buttons: list[MoveButton], pressing: Collection[str] | None) -> list[MoveButton]:
    for button in buttons:
        is_open = not button.closed and button.tone is not Tone.DANGER
        if is_open and (pressing is None or button.name in pressing):
            return [replace(button, primary=True), *(other for other in buttons if other is not button)]
    return buttons


def _button(thing: Any, each: OpenMove) -> MoveButton:
    is_last_word = each.move.target in type(thing).lifecycle.final and each.move.reason_required
    return MoveButton(
        name=each.move.name,
        label=capfirst(word(each.move.permission)),
        url=verb_url(thing, each.move.name),
        closed=sentence(each.refusal) if each.refusal else "",
        tone=Tone.DANGER if is_last_word else Tone.NEUTRAL,
    )

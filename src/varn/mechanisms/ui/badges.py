"""Badges: a key of the glossary, or the state of a thing, as word, colour and icon."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from varn.mechanisms.links import state_of
from varn.mechanisms.ui.tones import tone_of
from varn.mechanisms.ui.words import word


def badge(key: str) -> SafeString:
    """The badge of a glossary key."""
    mark = tone_of(key)
    shown = {"text": capfirst(word(key)), "tone": mark.tone.value, "icon": mark.icon}
    return render_to_string("components/badge.html", shown)


def badges_of(thing: Any, day: date) -> SafeString:
    """The badge of the thing's state, and those of what its model says stands out on the day (`stands_out`)."""
    stands_out = getattr(thing, "stands_out", None)
    keys = [state_of(thing), *(stands_out(day) if stands_out else ())]
    return format_html_join(" ", "{}", ((badge(key),) for key in keys))

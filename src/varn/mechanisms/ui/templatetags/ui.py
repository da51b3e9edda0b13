from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from varn.kernel.calendar import last_day as inclusive
from varn.kernel.lifecycle import Refusal
from varn.mechanisms import links
from varn.mechanisms.ui import badges, words

register = template.Library()

ICON = '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
LABELLED_ICON = '<svg class="icon" width="20" height="20" role="img" aria-label="{}"><use href="{}#{}"></use></svg>'


@register.simple_tag
def word(key: str) -> str:
    """The glossary's word, with a capital first letter, as a label begins."""
    return capfirst(words.word(key))


@register.simple_tag(name="words")
def plural(key: str) -> str:
    """The glossary's plural, with a capital first letter."""
    return capfirst(words.words(key))


@register.simple_tag
def counted(key: str, count: int) -> str:
    """So many of the thing, with its word in the number it takes."""
    return words.counted(key, count)


@register.simple_tag
def explanation(key: str) -> str:
    """The sentence that explains the thing, or nothing."""
    return words.explanation(key)


@register.simple_tag
def sentence(refusal: Refusal) -> SafeString:
    """Why something is refused."""
    return words.unbroken(words.sentence(refusal))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture from the sprite: silent as decoration, spoken when it stands alone with a label."""
    sprite = static("vendor/icons.svg")
    return format_html(LABELLED_ICON, label, sprite, name) if label else format_html(ICON, sprite, name)


@register.simple_tag(takes_context=True)
def state_badge(context: RequestContext, thing: models.Model | str) -> SafeString:
    """A glossary key as word, colour and icon; or the state of a thing, and what else stands out of it today."""
    return badges.badge(thing) if isinstance(thing, str) else badges.badges_of(thing, context["viewer"].day)


@register.simple_tag
def url_of(thing: models.Model) -> str:
    """The address of the thing's own page."""
    return links.url_of(thing)


@register.simple_tag(takes_context=True)
def query_with(context: RequestContext, **changes: Any) -> str:
    """Today's query string with these values instead; `None` takes a key away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.filter
def last_day(until: date | None) -> date | None:
    """The last day that is included, of a half-open end."""
    return inclusive(until)


@register.filter
def day_after(day: date) -> date:
    """The day after."""
    return day + timedelta(days=1)


@register.filter
def written(value: object) -> str:
    """A value as a page writes it."""
    return words.written(value)


@register.filter
def unbroken(text: object) -> SafeString:
    """The text, or the markup, with each day, reference, § and case number in it kept on one line."""
    return words.unbroken(text)


@register.filter
def functions(names: str) -> str:
    """Names of functions that were written down, in the reader's language."""
    return words.functions(names)


@register.filter
def part(share: Decimal | float | None) -> str:
    """A part of full time in percent."""
    return words.part(share)

"""Breadcrumbs by convention: from the list of such things down to the thing."""

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from varn.mechanisms.links import Link, name_of, url_of
from varn.mechanisms.ui.words import words


def trail_to(model: type[models.Model], thing: models.Model | None = None, *, called: str = "") -> list[Link]:
    """The list that things of this kind stand in, then the thing, by its own words unless it is `called` otherwise."""
    name = name_of(model)
    trail = [Link(label=capfirst(words(name)), url=reverse(f"{name}-list"))]
    return [*trail, Link(label=called or str(thing), url=url_of(thing))] if thing is not None else trail

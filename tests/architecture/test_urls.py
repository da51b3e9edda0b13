"""Every URL says who may come in: a permission, everyone who has signed in, or anyone."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.tree import permissions


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry


EVERY = [pytest.param(pattern, id=name) for name, pattern in _patterns(get_resolver())]


@pytest.mark.parametrize("pattern", EVERY)
def test_a_url_says_who_may_come_in(pattern: URLPattern) -> None:
    view = pattern.callback
    assert getattr(view, "public", False) or getattr(view, "permission", None) in permissions() | {"signed-in"}


@pytest.mark.parametrize("pattern", EVERY)
def test_a_url_has_a_name(pattern: URLPattern) -> None:
    assert pattern.name

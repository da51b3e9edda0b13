"""Every view of ours says by which verbs it is reached; all others are refused with 405."""

from typing import Any

import pytest
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from tests.access.world import patterns

# As Django's decorator keeps it.
DECLARED = "request_method_list"
# The protocol's own doors, which refuse in the protocol's own words (mechanisms/directory/scim).
OF_A_PROTOCOL = "directory:scim"
OURS = [pytest.param(pattern, id=name) for name, pattern in patterns() if not name.startswith(OF_A_PROTOCOL)]


def declared(view: Any) -> tuple[str, ...]:
    """The verbs that the view or what it wraps declares; empty when none does."""
    while view is not None:
        cells = zip(view.__code__.co_freevars, view.__closure__ or (), strict=True) if hasattr(view, "__code__") else ()
        for name, cell in cells:
            if name == DECLARED:
                return tuple(cell.cell_contents)
        if hasattr(view, "view_class"):
            return tuple(view.view_class.http_method_names)
        view = getattr(view, "__wrapped__", None)
    return ()


@pytest.mark.parametrize("pattern", OURS)
def test_a_view_says_by_which_verbs_it_is_reached(pattern: URLPattern) -> None:
    verbs = declared(pattern.callback)
    assert verbs
    assert not {"TRACE", "CONNECT"} & {verb.upper() for verb in verbs} or hasattr(pattern.callback, "view_class")


def test_a_view_that_says_none_is_found() -> None:
    def bare(request: object) -> None:
        """A view without its verbs."""

    assert not declared(bare)
    assert declared(require_safe(bare)) == ("GET", "HEAD")

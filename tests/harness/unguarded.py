"""The product without its guard against two who change the same record: what the harness must find at fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from varn.config.wsgi import application
from varn.mechanisms.ui import forms

__all__ = ["application"]


@contextmanager
def unguarded(*_args: Any) -> Iterator[None]:
    """Nothing is locked and nothing compared."""
    yield


forms.unchanged = unguarded
forms.conflict_of = lambda *_args: None

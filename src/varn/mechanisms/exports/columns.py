"""What a list says about itself: its columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Column:
    """One column of a list: its heading, and what a row says under it.

    `value` gives text, a number, a date, a moment, a truth value or `None`; numbers and dates stay what they are.
    """

    title: str | Promise
    value: Callable[[Any], Any]

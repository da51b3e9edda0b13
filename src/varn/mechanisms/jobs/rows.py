"""The rows of a job, each by itself: what stands in the way of one does not keep the others from their day."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model

from varn.mechanisms.audit.trail import Refused

M = TypeVar("M", bound=Model)

logger = logging.getLogger(__name__)


class RowsFailed(Exception):
    """Some rows could not be done; the others are done. The text names the rows by number, never by content."""


def each_by_itself(rows: Iterable[M], do: Callable[[M], object]) -> int:
    """Every row is done that can be; how many. Raises `RowsFailed` at the end, so that the run tells which were not."""
    return step_by_step((rows, do))


def step_by_step(*steps: tuple[Iterable[Any], Callable[[Any], object]]) -> int:
    """As `each_by_itself`, with rows of several kinds: a row that fails keeps no later step from its rows either."""
    done, failed = 0, []
    for row, do in ((row, do) for rows, do in steps for row in rows):
        try:
            do(row)
            done += 1
        except Exception as error:
            reason = error.refusal.key if isinstance(error, Refused) else type(error).__name__
            logger.warning("%s %s could not be done", row._meta.label, row.pk, exc_info=not isinstance(error, Refused))
            failed.append(f"{row._meta.label} {row.pk} ({reason})")
    if failed:
        raise RowsFailed(f"{done} done, {len(failed)} not: {', '.join(failed)}")
    return done

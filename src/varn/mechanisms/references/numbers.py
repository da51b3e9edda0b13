"""Giving out the next number of a series."""

from datetime import datetime

from django.utils import timezone

from varn.kernel.references import Reference
from varn.mechanisms.references.models import Counter


def next_reference(series: str, *, at: datetime, count: int = 1) -> str:
    """The next human reference of the series in the year of `at`; the row stays locked until the transaction ends.

    With `count` the series moves on by that many, and the first of them is returned.
    """
    year = timezone.localdate(at).year
    Counter.objects.get_or_create(series=series, year=year)
    counter = Counter.objects.select_for_update().get(series=series, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return str(Reference(series=series, year=year, number=first))

"""The demo, filled once for all tests that only look at it."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from varn.overview.demo.days import morning, relative_to
from varn.overview.demo.filling import fill
from varn.overview.demo.place import Place

TODAY = date(2026, 11, 23)
NOW: datetime = morning(TODAY, 10)


class _Over(Exception):
    """Ends the transaction that holds the demo, so that nothing of it stays."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Place]:
    """The demo municipality as it stands at `NOW`. The tests of the module share it."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                place = fill(days=relative_to(TODAY), at=NOW)
                # In an installation the database gets to know its tables by itself; inside one transaction it cannot.
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
                yield place
                raise _Over
        except _Over:
            pass

"""The demo municipality: that it is as told, and that what happened in it really happened."""

from datetime import date, datetime

import pytest

from varn.overview.demo.days import morning, relative_to
from varn.overview.demo.filling import fill

TODAY = date(2026, 11, 23)
NOW: datetime = morning(TODAY, 10)


@pytest.mark.django_db
def test_the_demo_fills() -> None:
    fill(days=relative_to(TODAY), at=NOW)

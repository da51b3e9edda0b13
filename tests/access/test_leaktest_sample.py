"""Nothing leaks: a part of everything is asked, another part each day, and every address is reached."""

import pytest
from django.utils import timezone

from tests.access import faults
from varn.overview.leaktest.judging import Kind
from varn.overview.leaktest.questions import Order
from varn.overview.leaktest.running import Examination

pytestmark = pytest.mark.django_db

REQUESTS = 10_000


def test_a_count_of_everything_is_found() -> None:
    examination = Examination(Order(seed=1, sample=0, only="overview:my-day"), at=timezone.now())
    with faults.sown("overview:my-day", faults.count_of_all):
        result = examination.run()
    assert [finding.kind for finding in result.findings] == [Kind.COUNT]


@pytest.mark.once
def test_nothing_leaks_in_a_sample_that_reaches_every_address() -> None:
    """The seed is the day's, so that another part is asked every day."""
    seed = timezone.localdate().toordinal()
    result = Examination(Order(seed=seed, sample=REQUESTS, goes_on=True), at=timezone.now()).run()
    print(f"seed {seed}: {result.requests} requests, {len(result.reached)} of {result.urls} addresses")
    assert [(one.kind, str(one.asked), one.what) for one in result.findings] == []
    assert len(result.reached) == result.urls
    assert result.requests >= REQUESTS

"""SCIM 2.0 as the tester of others sees it."""

from collections import Counter

import pytest
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

pytestmark = pytest.mark.django_db


def test_the_tester_finds_nothing_wrong(tester: WSGISCIMClient, capsys: pytest.CaptureFixture) -> None:
    results = check_server(tester)
    counts = Counter(result.status.name for result in results)
    wrong = [result for result in results if result.status in (Status.ERROR, Status.CRITICAL, Status.DEVIATION)]
    with capsys.disabled():
        print(f"\nscim2-tester: {dict(counts)}", *(f"{result.title}: {result.reason}" for result in wrong), sep="\n")
    assert [f"{result.title}: {result.reason}" for result in wrong] == []
    assert counts["SUCCESS"] > 70

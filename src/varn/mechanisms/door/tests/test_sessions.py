"""What is left of Värn when nothing can be written."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_can_be_written(db: None) -> Iterator[None]:
    """The database answers questions and refuses everything else."""
    closing, opening = (
        ("PRAGMA query_only=ON", "PRAGMA query_only=OFF")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only=on; SET transaction_read_only=on", "SELECT 1")
    )
    with connection.cursor() as cursor:
        cursor.execute(closing)
        yield
        cursor.execute(opening)


def test_reading_goes_on(nothing_can_be_written: None) -> None:
    answer = Client().get(reverse("access:sign-in"))
    assert answer.status_code == 200
    assert "varn_session" not in answer.cookies


def test_whoever_sent_something_is_told_that_nothing_was_saved(nothing_can_be_written: None) -> None:
    visitor = Client(raise_request_exception=False)
    answer = visitor.post(reverse("door:feedback-send"), {"text": "Bilden saknar text."})
    assert answer.status_code == 503
    assert "går det inte att spara" in answer.content.decode()

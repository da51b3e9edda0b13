"""Words as a page tells them."""

from decimal import Decimal

import pytest
from django.utils import translation

from varn.mechanisms.ui import words


def test_functions_that_were_written_down_are_told_in_the_readers_language_and_own_ones_stay() -> None:
    written_down = "Säkerhetschef, Brandskyddsombud"
    with translation.override("en"):
        assert words.functions(written_down) == "Head of security, Brandskyddsombud"
    with translation.override("sv"):
        assert words.functions(written_down) == written_down


@pytest.mark.parametrize(("count", "told"), [(1, "1 vakant"), (2, "2 vakanta")])
def test_a_count_takes_its_words_number(count: int, told: str) -> None:
    with translation.override("sv"):
        assert words.counted("organisation:coverage.vacant", count) == told


@pytest.mark.parametrize(
    ("language", "share", "told"),
    [("sv", "1.00", "100\u00a0%"), ("sv", "0.625", "62,5\u00a0%"), ("en", "0.625", "62.5%"), ("sv", None, "–")],
)
def test_a_part_of_full_time_is_told_in_percent(language: str, share: str | None, told: str) -> None:
    with translation.override(language):
        assert words.part(Decimal(share) if share else None) == told

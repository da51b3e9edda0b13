"""Words as a page tells them."""

from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

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


@pytest.mark.parametrize(
    "whole", ["2022-03-31", "2022-03-31 09:00", "FORD-2026-0018", "§ 393", "13 kap. 5 §", "KS 2021-1028"]
)
def test_a_line_never_breaks_in_a_day_a_reference_a_section_or_a_case_number(whole: str) -> None:
    assert words.unbroken(f"Se {whole}, sist") == f'Se <span class="nowrap">{whole}</span>, sist'


def test_what_is_kept_whole_is_still_escaped_and_markup_still_markup() -> None:
    assert words.unbroken("<b> 2022-03-31") == '&lt;b&gt; <span class="nowrap">2022-03-31</span>'
    link = mark_safe('<a href="?day=2022-03-31">x</a> <option>2022-03-31</option>')
    assert words.unbroken(link) == link

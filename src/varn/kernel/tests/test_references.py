import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.kernel.references import NotAReference, Reference

REFERENCE = Reference(series="UPP", year=2026, number=42)


def test_a_reference_is_printed_with_four_digits() -> None:
    assert str(REFERENCE) == "UPP-2026-0042"


def test_the_number_grows_when_four_digits_are_not_enough() -> None:
    assert str(Reference(series="UPP", year=2026, number=12345)) == "UPP-2026-12345"


@pytest.mark.parametrize(
    "text",
    ["UPP-2026-0042", "upp-2026-42", " UPP 2026 42 ", "upp2026-42", "UPP–2026–0042", "Upp 2026/42", "UPP 2026:42"],
)
def test_a_reference_is_read_however_it_was_written(text: str) -> None:
    assert Reference.parse(text) == REFERENCE


@pytest.mark.parametrize(
    "text", ["", "UPP", "UPP-2026", "UPP-26-42", "2026-0042", "UPP-2026-0", "UPP-2026-0042-1", "U1-2026-1"]
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(NotAReference):
        Reference.parse(text)


@given(
    st.builds(
        Reference,
        series=st.text("ABCXYZÅÄÖ", min_size=1, max_size=6),
        year=st.integers(1900, 2200),
        number=st.integers(1, 10**8),
    )
)
def test_a_printed_reference_is_read_back(reference: Reference) -> None:
    assert Reference.parse(str(reference)) == reference


def test_references_sort_by_series_year_and_number() -> None:
    later, earlier = Reference(series="UPP", year=2026, number=10000), Reference(series="UPP", year=2026, number=9)
    assert sorted([later, earlier]) == [earlier, later]


@pytest.mark.parametrize(
    ("series", "year", "number"), [("upp", 2026, 1), ("", 2026, 1), ("UPP", 26, 1), ("UPP", 2026, 0)]
)
def test_an_impossible_reference_cannot_be_made(series: str, year: int, number: int) -> None:
    with pytest.raises(NotAReference):
        Reference(series=series, year=year, number=number)

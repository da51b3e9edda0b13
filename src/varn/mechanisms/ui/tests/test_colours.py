import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.mechanisms.ui import colours

COLOUR = st.tuples(*[st.integers(0, 255)] * 3)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert colours.contrast(colours.BLACK, colours.WHITE) == pytest.approx(21)


@given(COLOUR, COLOUR)
def test_contrast_is_the_same_both_ways_and_at_least_one(one: colours.Rgb, other: colours.Rgb) -> None:
    assert colours.contrast(one, other) == colours.contrast(other, one) >= 1


@given(COLOUR)
def test_every_accent_has_a_shade_that_can_be_read_in_the_dark(accent: colours.Rgb) -> None:
    assert colours.contrast(colours.for_dark(accent), colours.DARK_SURFACE) >= colours.LEAST_CONTRAST


@given(COLOUR.filter(lambda colour: colours.contrast(colour, colours.WHITE) >= colours.LEAST_CONTRAST))
def test_text_can_be_read_on_every_light_surface_of_its_accent(accent: colours.Rgb) -> None:
    shades = {name: colours.parse(value) for name, value in colours.light_shades(accent).items()}
    for surface in ("background-tinted", "surface-tinted", "surface-hover", "surface-active"):
        assert colours.contrast(shades["text-default"], shades[surface]) >= colours.LEAST_CONTRAST


@given(COLOUR.filter(lambda colour: colours.contrast(colour, colours.DARK_SURFACE) >= colours.LEAST_CONTRAST))
def test_text_can_be_read_on_every_dark_surface_of_its_accent(accent: colours.Rgb) -> None:
    shades = {name: colours.parse(value) for name, value in colours.dark_shades(accent).items()}
    for surface in ("background-tinted", "surface-tinted", "surface-hover", "surface-active"):
        assert colours.contrast(shades["text-default"], shades[surface]) >= colours.LEAST_CONTRAST


@pytest.mark.parametrize("text", ["", "red", "#fff", "0b5c7a0", "#0b5c7g", "#0b5c7a;}"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        colours.parse(text)

import pytest

from tests.architecture.tree import ROOT
from varn.kernel.promises import REQUIREMENTS, THREATS, Standing

# OWASP ASVS 5.0.0 has so many requirements of Levels 1 and 2; all but 27 are about something that the product has.
OF_THE_STANDARD = 253
THAT_APPLY = 226
CHOSEN_OF_LEVEL_3 = 39
PLACES = [place for row in REQUIREMENTS for place in row.places]


def test_every_requirement_of_the_two_levels_stands_in_the_table() -> None:
    low = [row for row in REQUIREMENTS if row.level < 3]
    assert (len(low), sum(row.applies for row in low)) == (OF_THE_STANDARD, THAT_APPLY)
    assert sum(row.level == 3 or bool(row.also) for row in REQUIREMENTS) == CHOSEN_OF_LEVEL_3


@pytest.mark.parametrize("place", sorted({*PLACES, *(place for each in THREATS.threats for place in each.how)}))
def test_what_is_said_to_show_it_is_there(place: str) -> None:
    path, _, test = place.partition("::")
    assert (ROOT / path).is_file()
    assert not test or f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")


def test_a_promise_that_holds_says_where_it_is_shown() -> None:
    unshown = [each.key for each in THREATS.threats if each.standing is Standing.HOLDS and not each.how]
    assert unshown == []

"""The bodies that the tests decide in, and a decision in the layout of the real one, with invented sentences."""

import pytest

from tests.people import Municipality
from varn.areas.decisions.tests.bodies import Bodies, build_bodies


@pytest.fixture
def bodies(municipality: Municipality) -> Bodies:
    """The council, the executive board, a committee below it and another beside."""
    return build_bodies(municipality)

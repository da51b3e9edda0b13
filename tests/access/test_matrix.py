"""Who gets what at every address: as `matrix.toml` has it, and never a sign of what one may not see."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.access.asking import PATTERNS, Asking, body
from tests.access.world import ROLES, Keys, address

# The databases are made for the tests that ask for one; the world itself stands through the module.
pytestmark = pytest.mark.django_db

CODES = {"200": "o", "go": "g", "sign-in": "s", "404": "n", "401": "t", "403": "f", "405": "-"}
TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text())
EXPECTED: dict[str, str] = {
    f"{area}:{page}".lstrip(":"): answers
    for area, pages in TABLE.items()
    if area != "roles"
    for page, answers in pages.items()
}
# Those to whom the records of Bo's department do not exist.
OUTSIDERS = ("employee", "administrator", "stranger")
ABSENT = {"pk": 999_999, "reference": "UPP-2099-9999"}
OF_A_THING = [name for name, pattern in PATTERNS.items() if ABSENT.keys() & pattern.pattern.converters.keys()]


def test_the_matrix_knows_every_address_and_no_other() -> None:
    assert set(EXPECTED) == set(PATTERNS)


def test_the_matrix_has_the_readers_of_the_tests() -> None:
    assert tuple(TABLE["roles"]) == ROLES


@pytest.mark.parametrize("name", PATTERNS)
def test_every_reader_gets_what_the_matrix_says(asking: Asking, name: str) -> None:
    got = " ".join("".join(_code(asking.answer(name, role, method)) for role in ROLES) for method in ("GET", "POST"))
    assert got == EXPECTED[name]


@pytest.mark.parametrize("name", OF_A_THING)
def test_what_is_not_yours_looks_as_if_it_did_not_exist(asking: Asking, name: str) -> None:
    theirs = asking.keys["coordinator"]
    for role in OUTSIDERS:
        for method in ("GET", "POST"):
            theirs_shown = _shown(asking, name, role, method, theirs)
            if theirs_shown[0] in (403, 404):
                assert theirs_shown == _shown(asking, name, role, method, _absent(theirs)), (role, method)


def _code(answer: str) -> str:
    return CODES.get(answer, f"<{answer}>")


def _shown(asking: Asking, name: str, role: str, method: str, keys: Keys) -> tuple[int, bytes]:
    """The status and the page, where the page's own address is not told apart."""
    response = asking.ask(name, role, method, keys=keys)
    return response.status_code, body(response).replace(address(name, PATTERNS[name], keys).encode(), b"HERE")


def _absent(keys: Keys) -> Keys:
    """The same addresses, about things that nobody has made."""
    return {thing: {key: ABSENT.get(key, value) for key, value in parts.items()} for thing, parts in keys.items()}

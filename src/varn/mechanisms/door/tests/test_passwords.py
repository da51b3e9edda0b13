"""Which passwords are refused, and that nothing but length is asked of the others."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.people import PASSWORD, Member
from varn.mechanisms.installation.models import Setting

pytestmark = pytest.mark.django_db


def _faults(password: str, account=None) -> set[str]:
    try:
        validate_password(password, account)
    except ValidationError as refused:
        return {error.code for error in refused.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "korrekt häst batteri häftklammer",
        "alla bara små bokstäver",
        "日本語の長いパスフレーズです確かに",
        "x" * 3 + " och en rad till som ingen gissar",
        "kommunens lösenord är en blå cykel i regn",
    ],
)
def test_a_long_one_of_ones_own_is_accepted_whatever_it_is_made_of(password: str) -> None:
    assert _faults(password) == set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("fjorton tecken", "password_too_short"),
        ("å" * 129, "too_long"),
        ("123456789123456789", "tried_first"),
        ("passwordpassword", "tried_first"),
        ("fotbollfotbollfotboll", "tried_first"),
        ("qwertyuiopqwertyuiop", "tried_first"),
        ("poiuytrewqpoiuytrewq", "tried_first"),
        ("aaaaaaaaaaaaaaaaaaaa", "tried_first"),
        ("1q2w3e4r5t6y7u8i9o0p", "tried_first"),
        ("superman123456789", "tried_first"),
        ("Värn!Lösenord2026", "near_at_hand"),
        ("Kommunen2026-hemligt", "near_at_hand"),
        ("Sommar2026Sommar2026", "tried_first"),
        ("V@rn-säkerhet-2026!!", "near_at_hand"),
    ],
)
def test_what_is_tried_first_is_refused(password: str, code: str) -> None:
    assert code in _faults(password)


def test_the_municipality_s_own_name_is_near_at_hand() -> None:
    assert _faults("Ekbyholmen2026!!") == set()
    Setting.objects.update_or_create(pk=1, defaults={"municipality": "Ekbyholmens kommun", "accent": "#0b5c7a"})
    assert _faults("Ekbyholmens-2026!!") == {"near_at_hand"}


def test_ones_own_name_and_address_are_near_at_hand(bo_coordinator: Member) -> None:
    assert _faults("BoBerglund-ekby-2026", bo_coordinator.account) == {"near_at_hand"}
    assert "near_at_hand" not in _faults("BoBerglund-ekby-2026")


def test_every_password_of_djangos_list_that_is_long_enough_is_refused() -> None:
    assert "password_too_common" in _faults("123456789987654321")

import pytest

from varn.kernel.levels import Level, Tier


def test_levels_are_ordered_from_open_to_sealed() -> None:
    assert [level.key for level in sorted(Level)] == ["open", "internal", "sensitive", "sealed"]


def test_a_level_is_found_by_its_key() -> None:
    assert Level.of("sensitive") is Level.SENSITIVE


@pytest.mark.parametrize("key", ["", "SEALED", "secret"])
def test_an_unknown_key_is_no_level(key: str) -> None:
    with pytest.raises(ValueError, match="no level"):
        Level.of(key)


def test_tiers_stand_in_the_order_they_are_shown() -> None:
    assert list(Tier) == ["strategic", "tactical", "operational", "accountable"]


def test_only_the_accountable_managers_do_not_support() -> None:
    assert [tier for tier in Tier if not tier.supports] == [Tier.ACCOUNTABLE]

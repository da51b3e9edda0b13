"""The measurements name every list of the product, and no page that is gone."""

from bench.lists import unmeasured


def test_every_list_is_measured() -> None:
    assert unmeasured() == []

"""The measurements name every list of the product, and no page that is gone."""

from django.urls import resolve

from bench.lists import OTHERS, unmeasured


def test_every_list_is_measured() -> None:
    assert unmeasured() == []


def test_every_other_page_that_is_measured_is_there() -> None:
    assert all(resolve(address.partition("?")[0].format(body=1)).func for _name, address in OTHERS)

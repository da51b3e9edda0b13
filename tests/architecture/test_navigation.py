"""The navigation leads to pages that exist, and shows them to those whom they let in."""

import pytest
from django.urls import resolve, reverse

from varn.config.navigation import SECTIONS
from varn.mechanisms.ui.navigation import Entry

ENTRIES = [entry for section in SECTIONS for entry in section.entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.url_name)
def test_an_entry_leads_to_a_page(entry: Entry) -> None:
    assert reverse(entry.url_name)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.url_name)
def test_an_entry_is_shown_to_those_whom_its_page_lets_in(entry: Entry) -> None:
    assert resolve(reverse(entry.url_name)).func.permission == (entry.permission or "signed-in")

"""The navigation leads to pages that exist, with permissions that exist."""

import pytest
from django.urls import reverse

from tests.architecture.tree import permissions
from varn.config.navigation import SECTIONS
from varn.mechanisms.ui.navigation import Entry

ENTRIES = [entry for section in SECTIONS for entry in section.entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.url_name)
def test_an_entry_leads_to_a_page(entry: Entry) -> None:
    assert reverse(entry.url_name)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.url_name)
def test_an_entry_asks_for_a_declared_permission(entry: Entry) -> None:
    assert not entry.permission or entry.permission in permissions()

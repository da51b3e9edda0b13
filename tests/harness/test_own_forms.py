"""No page refuses what it has itself asked for: every form with its own fields, every link with its own parameters.

The guard against unknown fields is in force as in a browser, because each form carries the key of its page.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.harness.own_forms import drive
from varn.areas.decisions.forms.rows import ClosingRow
from varn.mechanisms.web.asked import AskedFields
from varn.overview.leaktest.questions import Order
from varn.overview.leaktest.running import Examination

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Examination]:
    """The municipality with everybody's records."""
    with django_db_blocker.unblock(), transaction.atomic():
        examination = Examination(Order(seed=1, sample=0), at=timezone.now())
        examination.plant()
        yield examination
        transaction.set_rollback(True)


def test_no_form_and_no_link_is_refused_what_its_own_page_has_asked_for(planted: Examination) -> None:
    found = drive(planted.world, planted.urls)
    assert sorted(found.refused) == []
    assert len(found.done) >= 75, sorted(found.met - found.done)


def test_what_is_asked_only_after_the_deed_is_found(planted: Examination, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is saved as a view, and only then it is asked where the reader came from. Nobody excuses that here."""
    monkeypatch.setattr("varn.mechanisms.web.asked.OF_EVERY_FORM", frozenset({"csrfmiddlewaretoken", "once"}))
    refused = drive(planted.world, ["decisions:decision-list"]).refused
    assert any("/views/" in each and each.endswith(": 400") for each in refused), refused


def test_what_a_page_offered_is_known_when_the_row_says_something_else_by_now() -> None:
    data = AskedFields(QueryDict("closings-0-chosen=1&closings-0-chosen_asked=1&closings-0-other=1"))
    ClosingRow(data, prefix="closings-0", doubted=(), words={}, places={})
    assert data.unknown(frozenset()) == {"closings-0-other"}


def test_what_a_copy_is_asked_the_page_has_asked() -> None:
    data = AskedFields(QueryDict("a=1&b=2"))
    copy = data.copy()
    copy["b"] = "3"
    assert (copy["a"], data.unknown(frozenset())) == ("1", {"b"})
    assert (copy["b"], data["b"]) == ("3", "2")

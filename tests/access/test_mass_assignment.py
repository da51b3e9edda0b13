"""Every field of every table is sent to every form as every reader, and nothing but what the form asks for changes."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from tests.access.faults import View, sown
from varn.areas.organisation.models import Person
from varn.overview.leaktest.addresses import targets
from varn.overview.leaktest.asking import Asked
from varn.overview.leaktest.harvesting import gather, url_at
from varn.overview.leaktest.questions import Order
from varn.overview.leaktest.rows import Change
from varn.overview.leaktest.running import Examination

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ALMOST_NOBODY = 987_654_321
# The trail says what was done, and the door counts attempts with the moment of each; neither is written by a form.
NOBODYS_FORM = {"Entry", "Cached"}
# What is made anew each time: secrets, fingerprints and names of files.
FRESH = {"key", "sealed", "digest", "sha256", "stored_name", "token_hash", "uuid", "password", "body"}


@pytest.fixture(scope="module")
def harvested(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Examination]:
    """The municipality with everybody's records, and every form of its pages filled in."""
    with django_db_blocker.unblock(), transaction.atomic():
        examination = Examination(Order(seed=1, sample=0), at=timezone.now())
        examination.plant()
        with examination.asker.open():
            examination.harvest = gather(examination.asker, examination.world, examination.urls)
            yield examination
        transaction.set_rollback(True)


def test_no_field_is_changed_that_the_form_does_not_ask_for(harvested: Examination) -> None:
    changed = [
        found for path in harvested.harvest.by_path for reader in harvested.world.readers
        if (found := _smuggled(harvested, path, reader))
    ]  # fmt: skip
    assert changed == []


def test_the_forms_are_those_that_do_something(harvested: Examination) -> None:
    assert len(harvested.harvest.done) > 60


def test_a_view_that_takes_what_it_is_sent_is_found(harvested: Examination) -> None:
    reader = harvested.world.readers["head_of_security"]
    path = targets("organisation:person-change", reader, harvested.world)[0].path
    with sown("organisation:person-change", _takes_everything):
        assert _smuggled(harvested, path, reader.key)


def _takes_everything(view: View, request: HttpRequest, keys: dict[str, Any]) -> HttpResponseBase:
    """As the view would be without the guard against what no form asks: it saves what it is sent, and goes on."""
    if "employee_id" not in request.POST:
        return view(request, **keys)
    Person.objects.filter(**keys).update(employee_id=request.POST["employee_id"][:40])
    return redirect("organisation:person-list")


def _smuggled(examination: Examination, path: str, reader: str) -> str:
    """What changed otherwise than by the form alone, when every field of every table was sent with it."""
    body = examination.harvest.by_path[path]
    plain, laden = ({**_every_field(), **body} if more else body for more in (False, True))
    asked = [
        examination.asker.ask(Asked(reader=examination.world.readers[reader], method="POST", path=path, body=each))
        for each in (plain, laden)
    ]
    alone, with_more = (_written(answer.changes) for answer in asked)
    more = {place: value for place, value in with_more.items() if alone.get(place) != value}
    return f"{url_at(path)} {reader}: {more}" if more and asked[1].status < 400 else ""


def _written(changes: tuple[Change, ...]) -> Mapping[tuple[str, str, str], set[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    for change in changes:
        if change.model not in NOBODYS_FORM:
            for name, value in change.row.items():
                if name not in FRESH and name != "id" and not name.endswith(("_at", "until")):
                    found.setdefault((change.model, str(change.how), name), set()).add(str(value))
    return found


def _every_field() -> dict[str, str]:
    """The name of every field of every table of the product, with a value of its kind."""
    return {
        name: _value(field)
        for model in apps.get_models()
        if model.__module__.startswith("varn.")
        for field in model._meta.concrete_fields
        for name in {field.name, field.attname}
    }


def _value(field: models.Field) -> str:
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2031-03-07"
    if field.is_relation:
        return "1"
    return str(ALMOST_NOBODY)

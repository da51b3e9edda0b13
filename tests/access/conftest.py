"""A municipality with records that stands through a whole module: every request is undone after it was answered."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.access.asking import Asking, ask_in
from tests.access.world import build


@pytest.fixture(scope="module")
def asking(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asking]:
    """The world with records in Socialförvaltningen, and a way to ask it as any of its readers."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        yield ask_in(world, world.records("21", "Ordning Reda"))
        transaction.set_rollback(True)

"""Whoever runs the installation sees no content: asked of every table that has a reader."""

import pytest
from django.apps import apps
from django.db.models import Model

from tests.access.world import build
from tests.people import Member
from varn.mechanisms.access.querysets import visible
from varn.mechanisms.access.viewer import system_viewer

# What the administrator works with: accounts, what is imported and sent, what runs, and the tree that all may read.
OWN = {
    "access.account",
    "imports.run",
    "jobs.run",
    "notices.mail",
    "door.feedback",
    "organisation.unit",
    "organisation.function",
    "organisation.office",
    "ui.savedview",
}
READ = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]
CONTENT = [model for model in READ if model._meta.app_label in ("organisation", "decisions", "access")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model", [model for model in CONTENT if model._meta.label_lower not in OWN], ids=lambda model: model._meta.label
)
def test_the_administrator_sees_no_row(model: type[Model], frida_administrator: Member) -> None:
    assert not visible(model, frida_administrator.viewer).exists()


@pytest.mark.django_db
def test_the_administrator_sees_no_row_where_there_are_rows() -> None:
    world = build()
    records = world.records("21", "ord")
    assert records is not None
    administrator = world.readers["administrator"].viewer_at(world.at)
    everything = system_viewer(at=world.at, job="x")
    asked = [model for model in CONTENT if model._meta.label_lower not in OWN]
    assert sum(visible(model, everything).exists() for model in asked) > 20
    assert [model._meta.label for model in asked if visible(model, administrator).exists()] == []

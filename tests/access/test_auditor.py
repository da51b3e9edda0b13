"""The auditor reads for a time and changes nothing: every address is sent every method, and all stays as it was."""

import pytest
from django.apps import apps
from django.db import transaction

from tests.access.asking import PATTERNS, Asking
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.long]
# What is everybody's own: how they sign in and what they have read, the language and the lists that they save.
OWN = ("access", "ui", "notices", "door")
READING = ("read", "export")
# To take out a large list is asked of somebody else: the question is a row, and changes nothing that is read.
ASKING = {"approvals:approval:ask", "approvals:approval:withdraw", "approvals:approval:execute"}
WRITES = ("POST", "PUT", "PATCH", "DELETE")
# What a request leaves behind that is no change of anything: the session, and that something was taken out.
LEFT_BEHIND = ("sessions", "door", "exports", "notices", "ui", "account", "mfa")


def keys_for(asking: Asking, name: str) -> dict[str, dict[str, object]]:
    """What stands in the address, made up where nobody has planted such a thing."""
    wanted = PATTERNS[name].pattern.converters
    made_up = {key: 1 if key in ("pk", "person", "index") else "nothing" for key in wanted}
    return {name.rpartition("-")[0] or name: made_up} | asking.keys["auditor"]


def counted() -> dict[str, tuple[int, str]]:
    """Every table of the areas and mechanisms, with how many rows it has and all that stands in them."""
    return {
        model._meta.label: (model._base_manager.count(), repr(list(model._base_manager.order_by("pk").values())))
        for model in apps.get_models()
        if model._meta.app_label not in (*LEFT_BEHIND, "contenttypes", "auth", "search", "access")
    }


def test_every_right_of_the_auditor_is_a_right_to_read() -> None:
    others = {permission for permission in ROLES["auditor"].permissions if not permission.endswith(READING)}
    assert others <= ASKING


def test_the_auditor_appoints_nobody() -> None:
    assert ROLES["auditor"].appoints == frozenset()


@pytest.mark.parametrize("name", [name for name in PATTERNS if name.partition(":")[0] not in OWN])
def test_nothing_that_an_auditor_sends_changes_anything(asking: Asking, name: str) -> None:
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    for method in WRITES:
        with transaction.atomic():
            response = asking.ask(name, "auditor", method, keys=keys_for(asking, name))
            entries = list(Entry.objects.filter(pk__gt=last).values_list("verb", flat=True))
            transaction.set_rollback(True)
        assert entries == []
        assert response.status_code < 500


def test_one_whole_look_at_the_tables_finds_no_change(asking: Asking) -> None:
    """The positive control is the next test: the same look finds what a coordinator's form changes."""
    before = counted()
    names = [name for name in PATTERNS if name.startswith(("organisation:", "decisions:", "attachments:", "comments:"))]
    with transaction.atomic():
        for name in names:
            asking.ask(name, "auditor", "POST", keys=keys_for(asking, name))
        assert counted() == before
        transaction.set_rollback(True)


def test_the_look_finds_what_another_reader_changes(asking: Asking) -> None:
    before = counted()
    with transaction.atomic():
        asking.ask("organisation:stand_in-withdraw", "head_of_department", "POST")
        assert counted() != before
        transaction.set_rollback(True)

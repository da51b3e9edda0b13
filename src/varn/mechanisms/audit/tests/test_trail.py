from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from tests.people import AT, Member, Municipality
from varn.areas.organisation.models import Unit
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import history_of
from varn.mechanisms.audit.trail import Untrailed, action, change, record


@action
def rename(*, unit: Unit, name: str, by: Member, silently: bool = False) -> None:
    changes = change(unit, name=name)
    if not silently:
        record("organisation:unit:change", unit, by=by.viewer, at=AT, changes=changes, reason="Ny organisation")


def test_a_deed_stands_in_the_trail_with_old_and_new(municipality: Municipality, anna_head_of_security: Member) -> None:
    unit = municipality.units["21"]
    rename(unit=unit, name="Omsorgsförvaltningen", by=anna_head_of_security)
    entry = history_of(unit, viewer=anna_head_of_security.viewer).get()
    assert entry.changes == {"name": ["Socialförvaltningen", "Omsorgsförvaltningen"]}
    assert (entry.actor, entry.function, entry.reason) == ("Anna Ahlberg", "Säkerhetschef", "Ny organisation")


def test_an_action_without_a_word_in_the_trail_is_undone(
    municipality: Municipality, anna_head_of_security: Member
) -> None:
    unit = municipality.units["21"]
    with pytest.raises(Untrailed):
        rename(unit=unit, name="Omsorgsförvaltningen", by=anna_head_of_security, silently=True)
    assert Unit.objects.get(pk=unit.pk).name == "Socialförvaltningen"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(actor="Någon annan"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
    ],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_alter_the_trail(
    municipality: Municipality, anna_head_of_security: Member, tamper: Callable[[Entry], object]
) -> None:
    rename(unit=municipality.units["21"], name="Omsorgsförvaltningen", by=anna_head_of_security)
    entry = Entry.objects.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(entry)
    assert Entry.objects.get().actor == "Anna Ahlberg"

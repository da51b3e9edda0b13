from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.tree import SOURCE


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    """The command ends the program, and so the test, where a migration is missing."""
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_every_migration_has_a_name_that_a_person_gave() -> None:
    assert [path.name for path in SOURCE.rglob("migrations/0*.py") if "_auto_" in path.name] == []

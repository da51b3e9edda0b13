"""Making the database ready."""

import pytest
from django.contrib.contenttypes.models import ContentType

from varn.overview.preparing import prepare_database


@pytest.mark.django_db(transaction=True)
def test_what_was_killed_before_its_registers_were_written_is_made_whole() -> None:
    ContentType.objects.filter(app_label="attachments").delete()
    said: list[str] = []
    prepare_database(said.append)
    assert ContentType.objects.filter(app_label="attachments", model="attachment").exists()
    assert len(said) == 1
    prepare_database(said.append)
    assert len(said) == 1

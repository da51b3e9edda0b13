"""Tables point downward only: to the same app, a lower area, a mechanism, never up or sideways."""

import pytest
from django.db import models

from tests.architecture.tree import own_models

ORDER = (
    "programme",
    ("incidents", "risks", "vetting", "integrity", "hregister"),
    ("guideline", "resourcing", "coordination"),
    "decisions",
    "organisation",
)


def _storey(app_label: str) -> int:
    for height, names in enumerate(reversed(ORDER)):
        if app_label in ((names,) if isinstance(names, str) else names):
            return height + 1
    return 0


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_a_table_points_only_downward(model: type[models.Model]) -> None:
    own = model._meta.app_label
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model:
            other = field.related_model._meta.app_label
            assert other == own or _storey(other) < _storey(own) or _storey(own) == _storey(other) == 0, field.name

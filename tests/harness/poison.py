"""T-WEB-3: every text of an installation is a piece of script, each row another: `python -m tests.harness.poison`.

Run on the data folder that VARN_HOME names, which is thrown away afterwards. Prints how many fields were poisoned.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
django.setup()

# The models can be imported only after the setup.
from django.apps import apps  # noqa: E402
from django.db import DatabaseError, models, transaction  # noqa: E402

from tests.harness.payloads import PAYLOADS  # noqa: E402

# What is an address, a key or a word of the program's own; texts that people write are all others.
NOT_TEXT = (
    "reference", "key", "code", "state", "kind", "verb", "role", "tier", "name_of", "url", "path", "email", "to",
    "accent", "accent_dark",
)  # fmt: skip
ROWS = 60


def poison() -> int:
    """Every text field of every table holds payloads, in its first sixty rows."""
    done = 0
    for model in apps.get_models():
        if model.__module__.startswith("varn."):
            done += sum(_poisoned(model, field, place) for place, field in enumerate(model._meta.concrete_fields))
    return done


def _poisoned(model: type[models.Model], field: models.Field, place: int) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
    if not is_text or field.primary_key or field.name in NOT_TEXT or field.name.endswith(("_hash", "_key", "_name")):
        return False
    rows = list(model._base_manager.values_list("pk", flat=True)[:ROWS])
    for number, pk in enumerate(rows):
        text = PAYLOADS[(number + 7 * place) % len(PAYLOADS)][: field.max_length]
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=pk).update(**{field.name: text})
        except DatabaseError:
            return False
    return bool(rows)


if __name__ == "__main__":
    print(poison())

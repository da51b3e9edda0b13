"""The standard functions are there from the first day (functions.toml)."""

import tomllib
from pathlib import Path

from django.db import migrations

STANDARD = Path(__file__).parents[1] / "functions.toml"


def _add(apps, _editor) -> None:
    functions = apps.get_model("organisation", "Function").objects
    rows = tomllib.loads(STANDARD.read_text(encoding="utf-8"))["functions"]
    for position, (key, row) in enumerate(rows.items(), start=1):
        functions.get_or_create(key=key, defaults={**row, "position": position * 10})


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [migrations.RunPython(_add, migrations.RunPython.noop)]

"""Nobody has a role for a time without a last day, and somebody answers those who ask what is kept about them."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.db import migrations
from django.db.models import F
from django.utils import timezone

from varn.mechanisms.audit.protection import refuse_rows

STANDARD = Path(__file__).parents[1] / "functions.toml"
ADDED = "data_protection_coordinator"
# Those who stood without a last day when the rule came have a year to be appointed anew.
LEFT = timedelta(days=366)
WITHOUT_END = (
    "NEW.until_date IS NULL AND EXISTS (SELECT 1 FROM organisation_function one "
    "WHERE one.id = NEW.function_id AND one.role IN ('auditor'))"
)


def _bound(apps, _editor) -> None:
    appointments = apps.get_model("organisation", "Appointment").objects
    endless = appointments.filter(until_date=None, function__role="auditor")
    ids, until = list(endless.values_list("pk", flat=True)), timezone.localdate() + LEFT
    placed = apps.get_model("organisation", "AppointmentUnit").objects
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        later = appointments.filter(pk__in=part, from_date__gte=until)
        later.update(until_date=F("from_date") + LEFT)
        appointments.filter(pk__in=part, until_date=None).update(until_date=until)
        placed.filter(appointment__in=part, until_date=None, from_date__lt=until).update(until_date=until)


def _add(apps, _editor) -> None:
    functions = apps.get_model("organisation", "Function").objects
    rows = tomllib.loads(STANDARD.read_text(encoding="utf-8"))["functions"]
    functions.get_or_create(key=ADDED, defaults={**rows[ADDED], "position": 10 * (list(rows).index(ADDED) + 1)})


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_absence_and_standing_in")]

    operations = [
        migrations.RunPython(_bound, migrations.RunPython.noop),
        migrations.RunPython(_add, migrations.RunPython.noop),
        refuse_rows("organisation_appointment", rule="organisation_role_for_a_time", where=WITHOUT_END),
    ]

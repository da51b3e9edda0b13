from django.db import migrations

from varn.mechanisms.audit.protection import protect


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial")]

    operations = [
        protect("decisions_decision", columns=("text", "sha256", "year", "paragraph", "body_id", "date")),
        protect("decisions_clause", columns=("text", "sha256", "number", "position", "decision_id")),
    ]

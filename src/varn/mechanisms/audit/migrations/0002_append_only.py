from django.db import migrations

from varn.mechanisms.audit.protection import protect


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [protect("audit_entry")]

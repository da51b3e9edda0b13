from django.db import migrations

from varn.mechanisms.search.engines import create_index


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [create_index()]

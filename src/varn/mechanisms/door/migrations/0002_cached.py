from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("door", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Cached",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.JSONField(null=True)),
                ("until_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["key"],
                "indexes": [models.Index(fields=["until_at"], name="cached_by_end")],
            },
        ),
    ]

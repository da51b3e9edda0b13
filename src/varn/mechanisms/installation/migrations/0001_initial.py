from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=120)),
                ("accent", models.CharField(max_length=7)),
                ("accent_dark", models.CharField(blank=True, max_length=7)),
                ("mail_sender", models.EmailField(blank=True, max_length=254)),
                ("reply_to", models.EmailField(blank=True, max_length=254)),
                ("reminders", models.JSONField(default=dict)),
                ("is_ready", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="setting_is_one_row")],
            },
        ),
    ]

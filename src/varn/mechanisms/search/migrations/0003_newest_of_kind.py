from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["content_type", "-id"], name="document_newest_of_kind"),
        ),
    ]

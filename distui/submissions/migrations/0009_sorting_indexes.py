"""Sort the history by state, target and person without reading all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0008_recovered")]

    operations = [
        migrations.AddIndex(
            "submission", models.Index(fields=["state", "id"], name="history_by_state")
        ),
        migrations.AddIndex(
            "submission", models.Index(fields=["target_name", "id"], name="history_by_target")
        ),
        migrations.AddIndex(
            "submission", models.Index(fields=["submitted_by", "id"], name="history_by_person")
        ),
    ]

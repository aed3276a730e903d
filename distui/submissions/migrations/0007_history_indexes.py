"""Find an account's newest configurations, and a person's by name, without reading all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_heartbeat_of_each_worker")]

    operations = [
        migrations.AddIndex(
            "submission",
            models.Index(fields=["submitted_by", "name", "id"], name="history_person_name"),
        ),
        migrations.AddIndex(
            "submission",
            models.Index(fields=["account", "state", "-settled_at"], name="submission_settled"),
        ),
    ]

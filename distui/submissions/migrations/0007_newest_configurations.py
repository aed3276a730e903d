"""Find the newest configurations of an account without reading its other submissions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_heartbeat_of_each_worker")]

    operations = [
        migrations.AddIndex(
            "submission",
            models.Index(fields=["account", "state", "-settled_at"], name="submission_settled"),
        ),
    ]

"""Find the newest configurations of an account without reading its other submissions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_answered")]

    operations = [
        migrations.AddIndex(
            "submission",
            models.Index(fields=["account", "state", "-settled_at"], name="submission_settled"),
        ),
    ]

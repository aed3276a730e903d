"""Let authors answer a review that asks for changes, and order the history by name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_proofs_of_absence")]

    operations = [
        migrations.AlterField(
            "review",
            "decision",
            models.CharField(
                choices=[
                    ("reviewed", "Reviewed"),
                    ("needs-work", "Needs work"),
                    ("answered", "Answered"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            "submission", models.Index(fields=["name", "id"], name="history_by_name")
        ),
    ]

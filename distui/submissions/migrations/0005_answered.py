"""Let authors answer a review that asks for changes."""

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
        )
    ]

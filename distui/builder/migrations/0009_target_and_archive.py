"""Give drafts a target to check them for, and an archive."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0004_role_without_external_id"),
        ("builder", "0008_dismissed_findings"),
    ]

    operations = [
        migrations.AddField("draft", "archived", models.BooleanField(default=False)),
        migrations.AddField(
            "draft",
            "target",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="drafts",
                to="targets.target",
            ),
        ),
    ]

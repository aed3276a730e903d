"""Share drafts with colleagues, and keep who saved each revision."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def user(*, on_delete=django.db.models.deletion.SET_NULL, **options):
    """Return an optional field with a user who did something."""
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=on_delete,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("builder", "0009_target_and_archive"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "draft",
            "editors",
            models.ManyToManyField(
                blank=True, related_name="shared_drafts", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField("draft", "edited_by", user()),
        migrations.AddField("revision", "edited_by", user(db_index=False)),
        migrations.AddField(
            "editsession",
            "user",
            user(db_index=False, on_delete=django.db.models.deletion.CASCADE),
        ),
    ]

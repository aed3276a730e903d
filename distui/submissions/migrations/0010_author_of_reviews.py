"""Let reviews repeat who submitted, so that the database refuses reviews by the author."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def set_author(apps: Any, schema_editor: Any) -> None:
    """Set the author, but of reviews by authors, which nothing but SQL has added: they stay."""
    submissions = apps.get_model("submissions", "Submission").objects.filter(
        pk=OuterRef("submission")
    )
    reviews = apps.get_model("submissions", "Review").objects
    of_others = ~Q(reviewer=F("submission__submitted_by")) | Q(decision="answered")
    reviews.filter(of_others).update(author=Subquery(submissions.values("submitted_by")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("submissions", "0009_sorting_indexes"),
    ]

    operations = [
        migrations.AddField(
            "review",
            "author",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                models.PROTECT,
                null=True,
                db_index=False,
                related_name="+",
            ),
        ),
        migrations.RunPython(set_author, migrations.RunPython.noop),
    ]

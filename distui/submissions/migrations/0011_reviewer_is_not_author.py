"""Refuse reviews by the author in the database."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("submissions", "0010_author_of_reviews")]

    operations = [
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=Q(decision="answered") | ~Q(reviewer=F("author")),
                name="reviewer_is_not_author",
            ),
        ),
    ]

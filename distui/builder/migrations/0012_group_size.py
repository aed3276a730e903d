"""Let the database count the members of a group."""

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Length, Replace


class Migration(migrations.Migration):
    dependencies = [("builder", "0011_new_drafts")]

    operations = [
        migrations.AddField(
            "namedgroup",
            "size",
            models.GeneratedField(
                expression=Length("members")
                - Length(Replace("members", Value("\n"), Value("")))
                + 1,
                output_field=models.PositiveIntegerField(),
                db_persist=True,
            ),
        ),
    ]

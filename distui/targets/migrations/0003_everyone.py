"""Let a field say that everyone may use a target."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def open_targets_without_groups(apps: Any, schema_editor: Any) -> None:
    """Keep existing targets without groups open to everyone, as they were until now."""
    targets = apps.get_model("targets", "Target").objects.using(schema_editor.connection.alias)
    targets.filter(groups__isnull=True).update(everyone=True)


class Migration(migrations.Migration):
    """Add the field and set it on existing targets."""

    dependencies = [("targets", "0002_standard_words")]

    operations = [
        migrations.AddField(
            model_name="target",
            name="everyone",
            field=models.BooleanField(
                default=False,
                help_text="Everyone who can sign in can submit to this target.",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="groups",
            field=models.ManyToManyField(
                blank=True,
                help_text=(
                    "Groups that can submit to this target. Without a group and without"
                    " Everyone, only superusers can."
                ),
                related_name="targets",
                to="auth.group",
            ),
        ),
        migrations.RunPython(open_targets_without_groups, migrations.RunPython.noop),
    ]

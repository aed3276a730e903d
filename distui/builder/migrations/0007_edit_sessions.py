"""Keep what each open page shows in a row of its own; revisions are undo steps alone."""

from __future__ import annotations

import json
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def fill_names(apps: Any, schema_editor: Any) -> None:
    """Copy each draft's name from its text to its column."""
    drafts = apps.get_model("builder", "Draft").objects.using(schema_editor.connection.alias)
    for draft in drafts.only("pk", "text").iterator():
        name = str(json.loads(draft.text).get("name", ""))[:200]
        drafts.filter(pk=draft.pk).update(name=name)


def keep_unsaved_edits(apps: Any, schema_editor: Any) -> None:
    """Make a session of each unsaved text, with the text that it grew from."""
    alias = schema_editor.connection.alias
    sessions = apps.get_model("builder", "EditSession").objects.using(alias)
    for aside in apps.get_model("builder", "Aside").objects.using(alias).select_related("draft"):
        older = aside.draft.revisions.filter(number__lte=aside.grew_from).order_by("-number")
        base = older.first() or aside.draft.revisions.order_by("number").first()
        text = base.text if base and aside.grew_from < aside.draft.revision else ""
        sessions.create(
            draft=aside.draft,
            page=aside.page,
            accepted=text,
            answered=text,
            pending=aside.text,
            pending_base=text or aside.draft.text,
            dismissed=aside.given_up,
            updated_at=aside.at,
        )


def delete_intermediate_revisions(apps: Any, schema_editor: Any) -> None:
    """Delete the revisions that are not undo steps."""
    revisions = apps.get_model("builder", "Revision").objects.using(schema_editor.connection.alias)
    revisions.filter(passing=True).delete()


class Migration(migrations.Migration):
    dependencies = [("builder", "0006_named_group")]

    operations = [
        migrations.CreateModel(
            name="EditSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=36)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("answer", models.PositiveIntegerField(default=0)),
                ("accepted", models.TextField(blank=True)),
                ("answered", models.TextField(blank=True)),
                ("pending", models.TextField(blank=True)),
                ("pending_base", models.TextField(blank=True)),
                ("dismissed", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="builder.draft",
                    ),
                ),
            ],
            options={
                "ordering": ("-updated_at",),
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "page"), name="one_session_a_page")
                ],
            },
        ),
        migrations.RunPython(keep_unsaved_edits, migrations.RunPython.noop),
        migrations.RunPython(delete_intermediate_revisions, migrations.RunPython.noop),
        migrations.DeleteModel("Aside"),
        migrations.RenameField("draft", "past", "undo_to"),
        migrations.RenameField("draft", "future", "redo_to"),
        migrations.RenameField("draft", "refusals", "rejections"),
        migrations.RemoveField("draft", "typed_at"),
        migrations.RemoveField("draft", "typed_on"),
        migrations.RemoveField("draft", "typed_changes"),
        migrations.AddField(
            "draft", "name", models.CharField(blank=True, editable=False, max_length=200)
        ),
        migrations.AddField("draft", "typing_page", models.CharField(blank=True, max_length=36)),
        migrations.AddField("draft", "typing_place", models.TextField(blank=True)),
        migrations.RunPython(fill_names, migrations.RunPython.noop),
        migrations.RenameField("revision", "past", "undo_to"),
        migrations.RenameField("revision", "future", "redo_to"),
        migrations.RenameField("revision", "at", "created_at"),
        migrations.RemoveField("revision", "passing"),
    ]

"""Give each worker a heartbeat of its own."""

from typing import Any

from django.db import migrations


def delete_heartbeats(apps: Any, schema_editor: Any) -> None:
    """All workers shared a row with the fixed ID 1, which PostgreSQL's sequence doesn't know."""
    apps.get_model("submissions", "WorkerHeartbeat").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("submissions", "0005_answered")]

    operations = [migrations.RunPython(delete_heartbeats, migrations.RunPython.noop)]

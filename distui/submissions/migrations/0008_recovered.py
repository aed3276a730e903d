"""Mark submissions that `manage.py reconcile` has recovered from AWS."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_history_indexes")]

    operations = [
        migrations.AddField(
            "submission", "recovered", models.BooleanField(db_default=False, default=False)
        ),
    ]

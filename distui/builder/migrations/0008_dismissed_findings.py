"""Keep the warnings and suggestions that were dismissed for a draft."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("builder", "0007_edit_sessions")]

    operations = [
        migrations.AddField("draft", "dismissed", models.JSONField(blank=True, default=list))
    ]

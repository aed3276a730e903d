"""List a draft only once something was saved in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("builder", "0010_sharing")]

    operations = [
        migrations.AddField(
            "draft", "is_new", models.BooleanField(default=False, db_default=False)
        ),
    ]

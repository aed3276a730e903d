"""Call the model NamedGroup: ``Group`` is Django's."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("builder", "0005_given_up")]

    operations = [migrations.RenameModel("Group", "NamedGroup")]

"""Rename fields to standard terms and update labels. No data changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rename fields, then alter what only Django reads: verbose names, choices, ordering."""

    dependencies = [("submissions", "0001_ledger")]

    operations = [
        migrations.RenameField("submission", "lease_until", "lease_expires_at"),
        migrations.RenameField("attempt", "outcome", "result"),
        migrations.RenameField("attempt", "status", "http_status"),
        migrations.RenameField("review", "verdict", "decision"),
        migrations.RenameField("review", "at", "created_at"),
        migrations.AlterModelOptions(
            name="review",
            options={"ordering": ("submission", "created_at", "id")},
        ),
        migrations.AlterField(
            model_name="attempt",
            name="http_status",
            field=models.PositiveIntegerField(default=0, verbose_name="HTTP status"),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="request_id",
            field=models.CharField(blank=True, max_length=200, verbose_name="request ID"),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="result",
            field=models.CharField(
                choices=[
                    ("under-way", "Waiting for response"),
                    ("accepted", "Accepted"),
                    ("rejected", "Rejected"),
                    ("unknown", "Not confirmed"),
                    ("not-sent", "Not sent"),
                ],
                default="under-way",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="account",
            field=models.CharField(max_length=12, verbose_name="account ID"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="arn",
            field=models.CharField(blank=True, max_length=2048, verbose_name="ARN"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="reason",
            field=models.TextField(blank=True, verbose_name="status"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="region",
            field=models.CharField(max_length=32, verbose_name="home Region"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="request_id",
            field=models.CharField(blank=True, max_length=200, verbose_name="request ID"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="request_sha256",
            field=models.CharField(max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="state",
            field=models.CharField(
                choices=[
                    ("prepared", "Queued"),
                    ("sending", "Sending"),
                    ("waiting", "Retrying"),
                    ("created", "Created"),
                    ("rejected", "Rejected"),
                    ("attention", "Needs attention"),
                    ("abandoned", "Abandoned"),
                    ("cancelled", "Cancelled"),
                ],
                default="prepared",
                max_length=16,
            ),
        ),
    ]

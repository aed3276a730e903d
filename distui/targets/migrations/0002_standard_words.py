"""Update labels and messages. No data changes."""

from django.db import migrations, models

from distui.targets import validators


class Migration(migrations.Migration):
    """Alter what only Django reads: verbose names, help texts, choices and messages."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("targets", "0001_targets"),
    ]

    operations = [
        migrations.AlterField(
            model_name="target",
            name="account",
            field=models.CharField(
                blank=True,
                help_text=(
                    "12 digits. If empty, it is determined from the credentials. Nothing is sent"
                    " with credentials of another account."
                ),
                max_length=12,
                validators=[validators.validate_account_id],
                verbose_name="account ID",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="external_id",
            field=models.CharField(
                blank=True,
                help_text="The sts:ExternalId that the role's trust policy requires.",
                max_length=1224,
                validators=[validators.validate_external_id],
                verbose_name="external ID",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="groups",
            field=models.ManyToManyField(
                blank=True,
                help_text=(
                    "Groups that can submit to this target. If none is selected, everyone can."
                ),
                related_name="targets",
                to="auth.group",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sandbox", "Sandbox"),
                    ("chain", "Default credential chain"),
                    ("profile", "Named profile"),
                    ("role", "Assume role"),
                ],
                default="chain",
                max_length=8,
                verbose_name="credentials",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="name",
            field=models.CharField(
                error_messages={"unique": "A target with this name already exists."},
                max_length=64,
                unique=True,
                verbose_name="display name",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="profile",
            field=models.CharField(
                blank=True,
                help_text="Profile name in the server's AWS configuration.",
                max_length=128,
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="region",
            field=models.CharField(
                help_text="The Region where configurations are created, for example eu-west-1.",
                max_length=32,
                validators=[validators.validate_region],
                verbose_name="home Region",
            ),
        ),
        migrations.AlterConstraint(
            model_name="target",
            name="target_fields_fit_its_kind",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("external_id", ""),
                        ("kind__in", ["sandbox", "chain"]),
                        ("profile", ""),
                        ("role_arn", ""),
                    ),
                    models.Q(
                        ("external_id", ""),
                        ("kind", "profile"),
                        ("role_arn", ""),
                        models.Q(("profile", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "role"),
                        ("profile", ""),
                        models.Q(("role_arn", ""), _negated=True),
                        models.Q(("external_id", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="target_fields_fit_its_kind",
                violation_error_message=(
                    "Named profile requires a profile, Assume role requires a role ARN and an"
                    " external ID. Leave the fields of other credentials empty."
                ),
            ),
        ),
    ]

"""The table of targets."""

from django.db import migrations, models

from distui.targets import validators


class Migration(migrations.Migration):
    """Creates it."""

    initial = True

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "There is a target of this name already."},
                        help_text="What people choose it by.",
                        max_length=64,
                        unique=True,
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        help_text="Where configurations are created, for example eu-west-1.",
                        max_length=32,
                        validators=[validators.validate_region],
                        verbose_name="home Region",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sandbox", "the embedded sandbox account"),
                            ("chain", "boto3's credential chain"),
                            ("profile", "a profile of the AWS configuration"),
                            ("role", "a role, assumed with an external id"),
                        ],
                        default="chain",
                        max_length=8,
                        verbose_name="credentials",
                    ),
                ),
                (
                    "profile",
                    models.CharField(
                        blank=True,
                        help_text="Its name in the server's AWS configuration.",
                        max_length=128,
                    ),
                ),
                (
                    "role_arn",
                    models.CharField(
                        blank=True,
                        help_text="For example arn:aws:iam::123456789012:role/publisher.",
                        max_length=640,
                        validators=[validators.validate_role_arn],
                        verbose_name="role ARN",
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        blank=True,
                        help_text="What the role's trust policy asks for as sts:ExternalId.",
                        max_length=1224,
                        validators=[validators.validate_external_id],
                        verbose_name="external id",
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        blank=True,
                        help_text=(
                            "The 12 digits that the credentials must belong to;"
                            " nothing is sent otherwise."
                        ),
                        max_length=12,
                        validators=[validators.validate_account_id],
                    ),
                ),
                ("partition", models.CharField(default="aws", editable=False, max_length=16)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text=(
                            "Who may submit to it; with none chosen, everyone who may sign in."
                        ),
                        related_name="targets",
                        to="auth.group",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=(
                            models.Q(
                                kind__in=["sandbox", "chain"],
                                profile="",
                                role_arn="",
                                external_id="",
                            )
                            | (
                                models.Q(kind="profile", role_arn="", external_id="")
                                & ~models.Q(profile="")
                            )
                            | (
                                models.Q(kind="role", profile="")
                                & ~models.Q(role_arn="")
                                & ~models.Q(external_id="")
                            )
                        ),
                        name="target_fields_fit_its_kind",
                        violation_error_message=(
                            "A profile needs its name alone, a role its ARN and external id;"
                            " the other kinds of credentials need none of the three."
                        ),
                    )
                ],
            },
        ),
    ]

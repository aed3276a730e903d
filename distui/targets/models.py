"""Targets: the accounts and Regions that users can submit to."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.db import models
from django.db.models import Q

from distui.aws.connection import AwsConnection
from distui.core.reference import regions
from distui.targets.validators import (
    validate_account_id,
    validate_external_id,
    validate_region,
    validate_role_arn,
)

User = AbstractBaseUser | AnonymousUser

# Nothing listens there: while the sandbox isn't running, its target must not reach the real AWS.
NO_SANDBOX = "http://127.0.0.1:1"


class TargetQuerySet(models.QuerySet["Target"]):
    """Queries for targets."""

    def usable_by(self, user: User) -> Self:
        """Return the targets that the user may submit to."""
        if not user.is_active:
            return self.none()
        if getattr(user, "is_superuser", False):
            return self
        # The join finds a target once per shared group; a subquery takes 1.5 times as long.
        return self.filter(Q(everyone=True) | Q(groups__user=user.pk)).distinct()


class Target(models.Model):
    """An account and home Region, and where the credentials come from.

    It has no endpoint: only the deployment's environment can change that.
    """

    class Kind(models.TextChoices):
        """Where the credentials come from."""

        SANDBOX = "sandbox", "Sandbox"
        CHAIN = "chain", "Default credential chain"
        PROFILE = "profile", "Named profile"
        ROLE = "role", "Assume role"

    name = models.CharField(
        "display name",
        max_length=64,
        unique=True,
        error_messages={"unique": "A target with this name already exists."},
    )
    region = models.CharField(
        "home Region",
        max_length=32,
        validators=[validate_region],
        help_text="The Region where configurations are created, for example eu-west-1.",
    )
    kind = models.CharField("credentials", max_length=8, choices=Kind, default=Kind.CHAIN)
    profile = models.CharField(
        max_length=128, blank=True, help_text="Profile name in the server's AWS configuration."
    )
    role_arn = models.CharField(
        "role ARN",
        max_length=640,
        blank=True,
        validators=[validate_role_arn],
        help_text="For example arn:aws:iam::123456789012:role/publisher.",
    )
    external_id = models.CharField(
        "external ID",
        max_length=1224,
        blank=True,
        validators=[validate_external_id],
        help_text="The sts:ExternalId, if the role's trust policy requires one.",
    )
    account = models.CharField(
        "account ID",
        max_length=12,
        blank=True,
        validators=[validate_account_id],
        help_text=(
            "12 digits. If empty, it is determined from the credentials. Nothing is sent with"
            " credentials of another account."
        ),
    )
    partition = models.CharField(max_length=16, default="aws", editable=False)
    everyone = models.BooleanField(
        default=False,
        help_text="Everyone who can sign in can submit to this target.",
    )
    groups = models.ManyToManyField(
        Group,
        blank=True,
        related_name="targets",
        help_text=(
            "Groups that can submit to this target. Without a group and without Everyone, only"
            " superusers can."
        ),
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="target_fields_fit_its_kind",
                condition=(
                    Q(kind__in=["sandbox", "chain"], profile="", role_arn="", external_id="")
                    | (Q(kind="profile", role_arn="", external_id="") & ~Q(profile=""))
                    | (Q(kind="role", profile="") & ~Q(role_arn=""))
                ),
                violation_error_message=(
                    "Named profile requires a profile, and Assume role a role ARN; only Assume role"
                    " can have an external ID. Leave the fields of other credentials empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def log_fields(self) -> dict[str, str]:
        """Return what log lines about it have."""
        return {"target": self.name}

    @property
    def audience(self) -> str:
        """Return who may submit to the saved target, for example ``Groups: publishers``."""
        if self.everyone:
            return "Everyone"
        names = self.groups.order_by("name").values_list("name", flat=True)
        return f"Groups: {', '.join(names)}" if names else "Superusers only"

    def clean(self) -> None:
        """Set the partition from the Region."""
        self.partition = regions.partition_of(self.region) or self.partition

    @property
    def is_stopped_sandbox(self) -> bool:
        """Return True if it is the sandbox and that wasn't started."""
        return self.kind == self.Kind.SANDBOX and not settings.DISTUI_SANDBOX_URL

    def connection(self, user: User | None = None) -> AwsConnection:
        """Return how to connect to AWS. A role's session is named after the user."""
        sandbox = settings.DISTUI_SANDBOX_URL or NO_SANDBOX
        return AwsConnection(
            region=self.region,
            profile=self.profile,
            role_arn=self.role_arn,
            external_id=self.external_id,
            session_name=user.get_username() if user else "distui",
            sandbox_url=sandbox if self.kind == self.Kind.SANDBOX else "",
        )

"""Targets: the places one may submit to."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group
from django.db import models
from django.db.models import Q

from distui.aws.connection import AwsConnection
from distui.core.reference import regions
from distui.targets.validators import is_account, is_external_id, is_region, is_role_arn

User = AbstractBaseUser | AnonymousUser

# Nothing answers there: a sandbox that isn't running must not become the real AWS.
NO_SANDBOX = "http://127.0.0.1:1"


class TargetQuerySet(models.QuerySet["Target"]):
    """Look-ups of targets."""

    def usable_by(self, user: User) -> Self:
        """The targets that this user may submit to: all, or those open to one of their groups."""
        if not user.is_active:
            return self.none()
        if getattr(user, "is_superuser", False):
            return self
        groups: Any = Group.objects.filter(user__pk=user.pk)
        # A subquery and no join, which would list a target once per shared group.
        open_to_them = Target.objects.filter(Q(groups__isnull=True) | Q(groups__in=groups))
        return self.filter(pk__in=open_to_them.values("pk"))


class Target(models.Model):
    """An account and home Region, and how credentials for it are had.

    There is no endpoint among the fields: only the deployment's environment may change that.
    """

    class Kind(models.TextChoices):
        """Where the credentials come from."""

        SANDBOX = "sandbox", "the embedded sandbox account"
        CHAIN = "chain", "boto3's credential chain"
        PROFILE = "profile", "a profile of the AWS configuration"
        ROLE = "role", "a role, assumed with an external id"

    name = models.CharField(
        max_length=64,
        unique=True,
        help_text="What people choose it by.",
        error_messages={"unique": "There is a target of this name already."},
    )
    region = models.CharField(
        "home Region",
        max_length=32,
        validators=[is_region],
        help_text="Where configurations are created, for example eu-west-1.",
    )
    kind = models.CharField("credentials", max_length=8, choices=Kind, default=Kind.CHAIN)
    profile = models.CharField(
        max_length=128, blank=True, help_text="Its name in the server's AWS configuration."
    )
    role_arn = models.CharField(
        "role ARN",
        max_length=640,
        blank=True,
        validators=[is_role_arn],
        help_text="For example arn:aws:iam::123456789012:role/publisher.",
    )
    external_id = models.CharField(
        "external id",
        max_length=1224,
        blank=True,
        validators=[is_external_id],
        help_text="What the role's trust policy asks for as sts:ExternalId.",
    )
    account = models.CharField(
        max_length=12,
        blank=True,
        validators=[is_account],
        help_text="The 12 digits that the credentials must belong to; nothing is sent otherwise.",
    )
    partition = models.CharField(max_length=16, default="aws", editable=False)
    groups = models.ManyToManyField(
        Group,
        blank=True,
        related_name="targets",
        help_text="Who may submit to it; with none chosen, everyone who may sign in.",
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
                    | (Q(kind="role", profile="") & ~Q(role_arn="") & ~Q(external_id=""))
                ),
                violation_error_message=(
                    "A profile needs its name alone, a role its ARN and external id;"
                    " the other kinds of credentials need none of the three."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Takes the partition from the Region."""
        self.partition = regions.partition_of(self.region) or self.partition

    def access(self, user: User | None = None) -> AwsConnection:
        """Where to call and with which credentials, a role's session being named after the user."""
        sandbox = settings.DISTUI_SANDBOX_URL or NO_SANDBOX
        return AwsConnection(
            region=self.region,
            profile=self.profile,
            role_arn=self.role_arn,
            external_id=self.external_id,
            session_name=user.get_username() if user else "distui",
            sandbox_url=sandbox if self.kind == self.Kind.SANDBOX else "",
        )

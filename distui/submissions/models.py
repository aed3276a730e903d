"""The ledger: every submission with the bytes to send, every attempt to send it, every review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from distui.builder.models import Draft
from distui.core.reference.config_names import normalize_name
from distui.people.policy import has_perm
from distui.targets.models import Target


class SubmissionState(models.TextChoices):
    """Where a submission stands, as stored and as shown."""

    PREPARED = "prepared", "Prepared"
    SENDING = "sending", "Sending"
    WAITING = "waiting", "Waiting"
    CREATED = "created", "Created"
    REJECTED = "rejected", "Rejected"
    ATTENTION = "attention", "Needs attention"
    ABANDONED = "abandoned", "Abandoned"
    CANCELLED = "cancelled", "Cancelled"


OPEN = (
    SubmissionState.PREPARED,
    SubmissionState.SENDING,
    SubmissionState.WAITING,
    SubmissionState.ATTENTION,
)
SETTLED = (
    SubmissionState.CREATED,
    SubmissionState.REJECTED,
    SubmissionState.ABANDONED,
    SubmissionState.CANCELLED,
)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Look-ups of submissions."""

    def visible_to(self, user: Any) -> Self:
        """Those that this user may see: their own, and all for a reviewer."""
        return self if has_perm(user, "see all") else self.filter(submitted_by=user)

    def open(self) -> Self:
        """Those that are not settled."""
        return self.filter(state__in=OPEN)

    def due(self) -> Self:
        """Those to be sent now, the longest due first."""
        return self.filter(
            state__in=(SubmissionState.PREPARED, SubmissionState.WAITING),
            next_attempt_at__lte=timezone.now(),
        ).order_by("next_attempt_at", "id")

    def holding_names_at(self, target: Target) -> Self:
        """Those whose name is taken in the target's account and Region, or may be."""
        return self.filter(
            state__in=(*OPEN, SubmissionState.CREATED), account=target.account, region=target.region
        )


class Submission(models.Model):
    """One document, sent to one account and Region so that it is created once or not at all.

    ``request`` is the exact text that is hashed, shown and sent; it and ``client_token`` never
    change. ``uncertain`` says that some attempt may have created it although no answer proved it;
    once set it stays. ``reason`` is what a person reads of the present state.
    """

    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    target = models.ForeignKey(Target, models.PROTECT, related_name="submissions")
    target_name = models.CharField(max_length=64)
    account = models.CharField(max_length=12)
    region = models.CharField(max_length=32)
    partition = models.CharField(max_length=16)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions"
    )
    name = models.CharField(max_length=200)
    normalized_name = models.CharField(max_length=200)
    client_token = models.CharField(max_length=64, unique=True)
    request = models.TextField()
    request_sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=16, choices=SubmissionState, default=SubmissionState.PREPARED
    )
    uncertain = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    error_code = models.CharField(max_length=200, blank=True)
    error_message = models.TextField(blank=True)
    error_pointer = models.TextField(blank=True)
    arn = models.CharField(max_length=2048, blank=True)
    request_id = models.CharField(max_length=200, blank=True)
    response = models.TextField(blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    lease_owner = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-submitted_at", "-id")
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="history_order"),
            models.Index(fields=["submitted_by", "-submitted_at", "-id"], name="history_person"),
            models.Index(fields=["target", "-submitted_at", "-id"], name="history_target"),
            models.Index(fields=["state", "-submitted_at", "-id"], name="history_state"),
            models.Index(fields=["state", "next_attempt_at"], name="submission_due"),
            models.Index(fields=["account", "region", "normalized_name"], name="submission_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state=SubmissionState.CREATED) & ~Q(arn="")
                    | ~Q(state=SubmissionState.CREATED) & Q(arn="")
                ),
                name="created_has_its_arn",
            ),
            models.UniqueConstraint(
                fields=["account", "region", "normalized_name"],
                condition=Q(state__in=OPEN),
                name="one_open_submission_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, with the name as AWS compares it."""
        self.normalized_name = normalize_name(self.name)
        super().save(*args, **kwargs)

    @property
    def settled(self) -> bool:
        """Nothing more will happen to it."""
        return self.state in SETTLED

    @property
    def predicted_arn(self) -> str:
        """The ARN that it has once it is created: AWS makes it of the normalised name."""
        return (
            f"arn:{self.partition}:imagebuilder:{self.region}:{self.account}"
            f":distribution-configuration/{self.normalized_name}"
        )


class AttemptResult(models.TextChoices):
    """How an attempt ended."""

    UNDER_WAY = "under-way", "Under way"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Refused"
    UNKNOWN = "unknown", "Unknown"
    NOT_SENT = "not-sent", "Not sent"


class Attempt(models.Model):
    """One send: its row is on disk before the first byte leaves. ``status`` is the HTTP status."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=16, choices=AttemptResult, default=AttemptResult.UNDER_WAY
    )
    code = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    request_id = models.CharField(max_length=200, blank=True)
    status = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=200)

    class Meta:
        ordering = ("submission", "number")
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="attempt_number"),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number}"

    @property
    def duration(self) -> timedelta | None:
        """How long it took, None while it is under way."""
        return self.ended_at - self.started_at if self.ended_at else None


class Verdict(models.TextChoices):
    """What a reviewer says of a submission."""

    REVIEWED = "reviewed", "Reviewed"
    NEEDS_WORK = "needs-work", "Needs work"


class Review(models.Model):
    """What a reviewer left beside a submission. Rows are added, never changed: the last counts."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=16, choices=Verdict)
    note = models.TextField(blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("submission", "at", "id")

    def __str__(self) -> str:
        return self.get_verdict_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; saving it again raises ``IntegrityError``."""
        super().save(*args, **kwargs | {"force_insert": True})

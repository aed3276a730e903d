"""The ledger's tables: submissions, the attempts to send them, and their reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from distui.builder.models import Draft
from distui.core.pointers import tokens
from distui.core.reference.config_names import normalize_name
from distui.people.policy import has_perm
from distui.targets.models import Target


class SubmissionState(models.TextChoices):
    """A submission's state. Pages show the label; exports and ``data-state`` hold the value."""

    PREPARED = "prepared", "Queued"
    SENDING = "sending", "Sending"
    WAITING = "waiting", "Retrying"
    CREATED = "created", "Created"
    REJECTED = "rejected", "Rejected"
    ATTENTION = "attention", "Needs attention"
    ABANDONED = "abandoned", "Abandoned"
    CANCELLED = "cancelled", "Cancelled"


AWAITING_WORKER = (SubmissionState.PREPARED, SubmissionState.WAITING)  # waiting for a worker
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


_IS_OPEN = RawSQL(  # noqa: S611 (of constants)
    f'"submissions_submission"."state" IN ({", ".join(map(repr, map(str, OPEN)))})',
    (),
    output_field=models.BooleanField(),
)

# The longest pause is five minutes: a ``next_attempt_at`` further away means a changed clock.
_LONGEST_WAIT = timedelta(minutes=10)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Queries for submissions."""

    def visible_to(self, user: Any) -> Self:
        """Return the submissions the user may view: their own, or all for a reviewer."""
        return self if has_perm(user, "view all") else self.filter(submitted_by=user)

    def open(self) -> Self:
        """Return the submissions that are not settled.

        Their states are literals: with parameters, SQLite can't use the index of the open ones, and
        reads all of the account and Region.
        """
        return self.filter(_IS_OPEN)

    def due(self) -> Self:
        """Return the submissions to send now, longest overdue first."""
        now = timezone.now()
        waited = Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=now + _LONGEST_WAIT)
        return self.filter(
            Q(state=SubmissionState.PREPARED) | Q(waited, state=SubmissionState.WAITING)
        ).order_by("next_attempt_at", "id")

    def sent_to(self, target: Target) -> Self:
        """Return the submissions to the target's account and Region."""
        return self.filter(account=target.account, region=target.region)


class Submission(models.Model):
    """A request to create one distribution configuration in one account and Region, at most once.

    ``request`` is the exact body that is hashed, shown and sent. It and ``client_token`` never
    change. ``uncertain`` is True once an attempt may have created the configuration without a
    response that proves it; it is never reset. ``reason`` explains the current state to people.

    One that is ``recovered`` was added for a configuration that the history lacked, for example
    after a backup was restored.

    ``look_up_only`` is True once nothing more is sent, only looked up, to prove whether it was
    created; ``absent_at`` is when AWS was first seen without it after the last send. Attempts up to
    number ``resumed_after`` don't count towards the limit: a user has resumed it since.
    """

    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    target = models.ForeignKey(Target, models.PROTECT, related_name="submissions")
    target_name = models.CharField(max_length=64)
    account = models.CharField("account ID", max_length=12)
    region = models.CharField("home Region", max_length=32)
    partition = models.CharField(max_length=16)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions"
    )
    name = models.CharField(max_length=200)
    normalized_name = models.CharField(max_length=200)
    client_token = models.CharField(max_length=64, unique=True)
    request = models.TextField()
    request_sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField(
        max_length=16, choices=SubmissionState, default=SubmissionState.PREPARED
    )
    uncertain = models.BooleanField(default=False)
    look_up_only = models.BooleanField(default=False)
    recovered = models.BooleanField(default=False, db_default=False)
    absent_at = models.DateTimeField(null=True, blank=True)
    resumed_after = models.PositiveIntegerField(default=0)
    reason = models.TextField("status", blank=True)
    error_code = models.CharField(max_length=200, blank=True)
    error_message = models.TextField(blank=True)
    error_pointer = models.TextField(blank=True)
    arn = models.CharField("ARN", max_length=2048, blank=True)
    request_id = models.CharField("request ID", max_length=200, blank=True)
    response = models.TextField(blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(default=timezone.now, null=True, blank=True)
    lease_owner = models.CharField(max_length=200, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-submitted_at", "-id")
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="history_order"),
            models.Index(fields=["name", "id"], name="history_by_name"),
            models.Index(fields=["state", "id"], name="history_by_state"),
            models.Index(fields=["target_name", "id"], name="history_by_target"),
            models.Index(fields=["submitted_by", "id"], name="history_by_person"),
            models.Index(fields=["submitted_by", "name", "id"], name="history_person_name"),
            models.Index(fields=["submitted_by", "-submitted_at", "-id"], name="history_person"),
            models.Index(fields=["target", "-submitted_at", "-id"], name="history_target"),
            models.Index(fields=["state", "-submitted_at", "-id"], name="history_state"),
            models.Index(fields=["state", "next_attempt_at"], name="submission_due"),
            models.Index(fields=["account", "region", "normalized_name"], name="submission_name"),
            models.Index(fields=["account", "state", "-settled_at"], name="submission_settled"),
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
        """Save the row, setting the name as AWS compares it."""
        self.normalized_name = normalize_name(self.name)
        super().save(*args, **kwargs)

    @property
    def log_fields(self) -> dict[str, Any]:
        """Return what log lines about it have."""
        return {"submission": self.pk, "target": self.target_name}

    @property
    def is_settled(self) -> bool:
        """Return True if the state is final."""
        return self.state in SETTLED

    @property
    def predicted_arn(self) -> str:
        """Return the ARN the configuration gets: AWS derives it from the normalised name."""
        return (
            f"arn:{self.partition}:imagebuilder:{self.region}:{self.account}"
            f":distribution-configuration/{self.normalized_name}"
        )

    @property
    def error_field(self) -> str:
        """Return the field that AWS rejected, in AWS's notation: ``distributions[0].region``."""
        path = (
            f"[{token}]" if token.isdigit() else f".{token}" for token in tokens(self.error_pointer)
        )
        return "".join(path).removeprefix(".")


class AttemptResult(models.TextChoices):
    """The result of one attempt. Pages show the label; exports hold the value."""

    UNDER_WAY = "under-way", "Waiting for response"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    UNKNOWN = "unknown", "Not confirmed"
    NOT_SENT = "not-sent", "Not sent"
    LOOKED_UP = "looked-up", "Looked up in AWS"


class Attempt(models.Model):
    """One attempt to send or look up a submission.

    The row is committed before the first byte is sent, and so is ``sent_at``, right before it: an
    attempt without ``sent_at`` has sent nothing.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=16, choices=AttemptResult, default=AttemptResult.UNDER_WAY)
    code = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    request_id = models.CharField("request ID", max_length=200, blank=True)
    http_status = models.PositiveIntegerField("HTTP status", default=0)
    worker = models.CharField(max_length=200)

    class Meta:
        ordering = ("submission", "number")
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="attempt_number"),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number}"


class Decision(models.TextChoices):
    """A reviewer's decision on a submission, or the author's answer to a request for changes."""

    REVIEWED = "reviewed", "Reviewed"
    NEEDS_WORK = "needs-work", "Needs work"
    ANSWERED = "answered", "Answered"


class Review(models.Model):
    """A review of a submission. Rows are only ever added; the newest one counts.

    ``author`` repeats who submitted it, so that the database can compare. Rows of earlier versions
    may lack it.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=16, choices=Decision)
    note = models.TextField(blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("submission", "created_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision=Decision.ANSWERED) | ~Q(reviewer=F("author")),
                name="reviewer_is_not_author",
            ),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row with its author.

        Raises ``IntegrityError`` if it exists, because reviews never change, or if the author
        reviews.
        """
        self.author_id = self.submission.submitted_by_id
        super().save(*args, **kwargs | {"force_insert": True})


class WorkerHeartbeat(models.Model):
    """The latest sign of life of a worker."""

    worker = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker}, {self.seen_at:%Y-%m-%d %H:%M:%S}"

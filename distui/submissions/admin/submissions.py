"""The history in the Django admin: there to be read and reviewed, and never to be changed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from distui.builder.editor.preview import highlight
from distui.people.policy import has_perm
from distui.submissions.admin.review_actions import ReviewActionsMixin
from distui.submissions.history import serializers
from distui.submissions.models import Attempt, Review, Submission, Verdict

_UNREVIEWED = "none"


def moment(at: datetime | None) -> str | None:
    """A moment as the history's pages write it, None where there is none (yet)."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at else None


class ReadOnly:
    """Permissions of an admin in which nothing is added, changed or deleted by anybody."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reviewers find it on the admin's first page."""
        return has_perm(request.user, "see all")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers see all of it."""
        return has_perm(request.user, "see all")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records come from submitting alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record stays as it is."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record stays."""
        return False


class AttemptInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg] # takes none when it runs
    """Every send of a submission."""

    model = Attempt
    template = "admin/submissions/records.html"
    fields = readonly_fields = (
        "number",
        "started",
        "ended",
        "outcome",
        "status",
        "code",
        "message",
    )

    @admin.display(description="started")
    def started(self, attempt: Attempt) -> str | None:
        """When it began."""
        return moment(attempt.started_at)

    @admin.display(description="ended")
    def ended(self, attempt: Attempt) -> str | None:
        """When it was over."""
        return moment(attempt.ended_at)


class ReviewInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Every review of a submission."""

    model = Review
    template = "admin/submissions/records.html"
    fields = ("verdict", "note", "reviewer", "when")
    readonly_fields = fields

    @admin.display(description="when")
    def when(self, review: Review) -> str | None:
        """When it was left."""
        return moment(review.at)


class ReviewFilter(admin.SimpleListFilter):
    """By the last review."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Not reviewed yet, and each verdict."""
        return [(_UNREVIEWED, "Not reviewed"), *Verdict.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those whose last verdict is the chosen one."""
        if self.value() == _UNREVIEWED:
            return queryset.filter(last_verdict=None)
        return queryset.filter(last_verdict=self.value()) if self.value() else queryset


@admin.register(Submission)
class SubmissionAdmin(ReadOnly, ReviewActionsMixin):
    """What reviewers work through."""

    list_display = ("name", "state", "review", "target_name", "submitted_by", "submitted")
    list_filter = ("state", ReviewFilter, "target", "submitted_by", "submitted_at")
    list_select_related = ("submitted_by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "arn", "request_id", "client_token", "submitted_by__username")
    date_hierarchy = "submitted_at"
    view_on_site = False
    inlines = (AttemptInline, ReviewInline)
    readonly_fields = (
        "its_arn",
        "links",
        "request_body",
        "sha256",
        "answer",
        "submitted",
        "settled",
    )
    fieldsets = (
        (None, {"fields": ("name", "state", "reason", "its_arn", "links")}),
        ("Request", {"fields": ("request_body", "client_token", "sha256")}),
        (
            "Answer",
            {"fields": ("answer", "request_id", "error_code", "error_message", "error_pointer")},
        ),
        (
            "Who, where, when",
            {
                "fields": (
                    *("submitted_by", "submitted", "settled"),
                    *("target_name", "account", "region"),
                )
            },
        ),
    )

    class Media:
        css = {"all": ["json.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the person may see, each with its last verdict."""
        reviews = Review.objects.filter(submission=OuterRef("pk")).order_by("-at", "-id")
        shown = Submission.objects.visible_to(request.user)
        return shown.annotate(last_verdict=Subquery(reviews.values("verdict")[:1]))

    @admin.display(ordering="last_verdict")
    def review(self, submission: Any) -> str:
        """The last verdict in words."""
        return Verdict(submission.last_verdict).label if submission.last_verdict else "Not reviewed"

    @admin.display(ordering="submitted_at")
    def submitted(self, submission: Submission) -> str | None:
        """When it was written down."""
        return moment(submission.submitted_at)

    @admin.display
    def settled(self, submission: Submission) -> str | None:
        """When nothing more was to happen to it."""
        return moment(submission.settled_at)

    @admin.display(description="ARN")
    def its_arn(self, submission: Submission) -> str | None:
        """What it was created as."""
        return submission.arn or None

    @admin.display(description="SHA-256")
    def sha256(self, submission: Submission) -> str:
        """The request body's."""
        return submission.request_sha256

    @admin.display(description="elsewhere")
    def links(self, submission: Submission) -> SafeString:
        """The ways to the submission's own page and record."""
        return format_html(
            '<a href="{}">Its page in the history</a> · <a href="{}">JSON</a>',
            reverse("submissions:show-submission", args=[submission.pk]),
            reverse("submissions:submission-json", args=[submission.pk]),
        )

    @admin.display(description="request body")
    def request_body(self, submission: Submission) -> SafeString:
        """What was sent, byte for byte."""
        return _code(submission.request, "Request body")

    @admin.display(description="AWS's answer")
    def answer(self, submission: Submission) -> SafeString | str | None:
        """What AWS answered."""
        said = serializers.response_of(submission)
        if said is None or isinstance(said, str):
            return said
        return _code(json.dumps(said, indent=2, ensure_ascii=False), "AWS's answer")


def _code(text: str, name: str) -> SafeString:
    """JSON that scrolls in its own place, also by keyboard."""
    return format_html(
        '<pre class="json" tabindex="0" role="region" aria-label="{}">{}</pre>',
        name,
        highlight(text),
    )

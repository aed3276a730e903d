"""The submission admin: a read-only view of the ledger for reviewers."""

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
from distui.deployment.logs.context import bind_log_fields
from distui.people.policy import has_perm
from distui.submissions.admin.review_actions import ReviewActionsMixin
from distui.submissions.history.serializers import parse_response
from distui.submissions.ledger.error_messages import escape_lines
from distui.submissions.models import Attempt, Decision, Review, Submission

_NOT_REVIEWED = "none"
_EMPTY = "-"  # as the admin shows empty fields


def format_time(time: datetime | None) -> str:
    """Return the time as the history's pages show it, or a dash."""
    return f"{time:%Y-%m-%d %H:%M:%S} UTC" if time else _EMPTY


class ReadOnlyMixin:
    """Permissions of an admin that reviewers can view but not change."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the app on the admin's index to reviewers."""
        return has_perm(request.user, "view all")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let reviewers view everything."""
        return has_perm(request.user, "view all")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid adding: rows are created only by submitting."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid changing."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid deleting."""
        return False


class AttemptInline(ReadOnlyMixin, admin.TabularInline):  # type: ignore[type-arg] # not generic at run time
    """The attempts to send a submission."""

    model = Attempt
    template = "admin/submissions/read_only_inline.html"
    fields = readonly_fields = (
        "number",
        "started",
        "ended",
        "result",
        "http_status",
        "code",
        "error",
    )

    @admin.display(description="started")
    def started(self, attempt: Attempt) -> str:
        """Return when the attempt started."""
        return format_time(attempt.started_at)

    @admin.display(description="message")
    def error(self, attempt: Attempt) -> str:
        """Return AWS's message, with control characters visible."""
        return escape_lines(attempt.message) or _EMPTY

    @admin.display(description="ended")
    def ended(self, attempt: Attempt) -> str:
        """Return when the attempt ended."""
        return format_time(attempt.ended_at)


class ReviewInline(ReadOnlyMixin, admin.TabularInline):  # type: ignore[type-arg]
    """The reviews of a submission."""

    model = Review
    template = "admin/submissions/read_only_inline.html"
    fields = readonly_fields = ("decision", "note", "reviewer", "created")

    @admin.display(description="created")
    def created(self, review: Review) -> str:
        """Return when the review was created."""
        return format_time(review.created_at)


class ReviewFilter(admin.SimpleListFilter):
    """Filter submissions by their newest review."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer "Not reviewed" and each decision."""
        return [(_NOT_REVIEWED, "Not reviewed"), *Decision.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the submissions whose newest decision is the selected one."""
        if self.value() == _NOT_REVIEWED:
            return queryset.filter(last_decision=None)
        return queryset.filter(last_decision=self.value()) if self.value() else queryset


class PersonFilter(admin.RelatedFieldListFilter):
    """Filter submissions by who submitted them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "person"  # the admin's heading is "By person"


class TimeFilter(admin.DateFieldListFilter):
    """Filter submissions by when they were submitted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "time of submission"


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyMixin, ReviewActionsMixin):
    """The submissions that reviewers read and review."""

    list_display = ("name", "state", "review", "target_name", "person", "submitted")
    list_filter = (
        *("state", ReviewFilter, "target"),
        ("submitted_by", PersonFilter),
        ("submitted_at", TimeFilter),
    )
    list_select_related = ("submitted_by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "arn", "request_id", "client_token", "submitted_by__username")
    date_hierarchy = "submitted_at"
    view_on_site = False
    inlines = (AttemptInline, ReviewInline)
    readonly_fields = ("links", "request_body", "response_body", "error", "submitted", "settled")
    fieldsets = (
        (None, {"fields": ("name", "state", "recovered", "reason", "arn", "links")}),
        ("Request", {"fields": ("request_body", "client_token", "request_sha256")}),
        (
            "Response",
            {
                "fields": (
                    *("response_body", "request_id"),
                    *("error_code", "error", "error_pointer"),
                )
            },
        ),
        (
            "Details",
            {
                "fields": (
                    *("submitted_by", "submitted", "settled"),
                    *("target_name", "account", "region"),
                )
            },
        ),
    )

    class Media:
        css = {"all": ["css/site/code.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the submissions visible to the user, annotated with their newest decision."""
        reviews = Review.objects.filter(submission=OuterRef("pk")).order_by("-created_at", "-id")
        visible = Submission.objects.visible_to(request.user)
        return visible.annotate(last_decision=Subquery(reviews.values("decision")[:1]))

    def get_object(self, *args: Any, **kwargs: Any) -> Submission | None:
        """Return the submission, which the request's log lines name from then on."""
        return bind_log_fields(super().get_object(*args, **kwargs))

    @admin.display(ordering="last_decision")
    def review(self, submission: Any) -> str:
        """Return the newest decision's label."""
        decision = submission.last_decision
        return Decision(decision).label if decision else "Not reviewed"

    @admin.display(description="submitted by", ordering="submitted_by__username")
    def person(self, submission: Submission) -> str:
        """Return the name of who submitted it."""
        return submission.submitted_by.get_username()

    @admin.display(ordering="submitted_at")
    def submitted(self, submission: Submission) -> str:
        """Return when it was submitted."""
        return format_time(submission.submitted_at)

    @admin.display
    def settled(self, submission: Submission) -> str:
        """Return when it was settled."""
        return format_time(submission.settled_at)

    @admin.display
    def links(self, submission: Submission) -> SafeString:
        """Link to the submission's page and record."""
        return format_html(
            '<a href="{}">Submission page</a> · <a href="{}">JSON</a>',
            reverse("submissions:show-submission", args=[submission.pk]),
            reverse("submissions:submission-json", args=[submission.pk]),
        )

    @admin.display(description="body")
    def request_body(self, submission: Submission) -> SafeString:
        """Return the exact body that is sent, highlighted."""
        return _code_block(submission.request, "Request body")

    @admin.display(description="error message")
    def error(self, submission: Submission) -> str:
        """Return AWS's message, with control characters visible."""
        return escape_lines(submission.error_message) or _EMPTY

    @admin.display(description="body")
    def response_body(self, submission: Submission) -> SafeString | str:
        """Return AWS's response: highlighted JSON, or text if it isn't JSON."""
        response = parse_response(submission)
        if response is None or isinstance(response, str):
            return escape_lines(response or _EMPTY)
        text = escape_lines(json.dumps(response, indent=2, ensure_ascii=False))
        return _code_block(text, "Response body")


def _code_block(text: str, label: str) -> SafeString:
    """Return highlighted JSON in a block that can be scrolled with the keyboard."""
    return format_html(
        '<pre class="json" tabindex="0" role="region" aria-label="{}">{}</pre>',
        label,
        highlight(text),
    )

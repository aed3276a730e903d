"""The history in the Django admin: there to be read and reviewed, and never to be changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from distui.builder.preview import coloured
from distui.people.policy import may
from distui.submissions.admin_reviews import Reviewing
from distui.submissions.models import Attempt, Review, Submission, Verdict

_UNREVIEWED = "none"


class ReadOnly:
    """Permissions of an admin in which nothing is added, changed or deleted by anybody."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reviewers find it on the admin's first page."""
        return may(request.user, "see all")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers see all of it."""
        return may(request.user, "see all")

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
    fields = ("number", "started_at", "ended_at", "outcome", "status", "code", "message")


class ReviewInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """Every review of a submission."""

    model = Review
    fields = ("verdict", "note", "reviewer", "at")


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
class SubmissionAdmin(ReadOnly, Reviewing):
    """What reviewers work through."""

    list_display = ("name", "state", "review", "target_name", "submitted_by", "submitted_at")
    list_filter = ("state", ReviewFilter, "target", "submitted_by", "submitted_at")
    list_select_related = ("submitted_by",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "arn", "request_id", "client_token", "submitted_by__username")
    date_hierarchy = "submitted_at"
    view_on_site = False
    inlines = (AttemptInline, ReviewInline)
    readonly_fields = ("links", "request_body", "answer")
    fieldsets = (
        (None, {"fields": ("name", "state", "reason", "arn", "links")}),
        ("Request", {"fields": ("request_body", "client_token", "request_sha256")}),
        (
            "Answer",
            {"fields": ("answer", "request_id", "error_code", "error_message", "error_pointer")},
        ),
        (
            "Who, where, when",
            {
                "fields": (
                    *("submitted_by", "submitted_at", "settled_at"),
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
        return _code(submission.request)

    @admin.display(description="AWS's answer")
    def answer(self, submission: Submission) -> SafeString | str:
        """What AWS answered."""
        return _code(submission.response) if submission.response else ""


def _code(text: str) -> SafeString:
    return format_html('<pre class="json">{}</pre>', coloured(text))

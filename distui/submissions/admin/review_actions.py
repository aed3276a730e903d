"""Reviewing in the Django admin: a form on a submission's page, and actions of the list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from distui.core.text.pluralize import pluralize
from distui.people.policy import has_perm, visible_or_404
from distui.submissions.models import Decision, Submission
from distui.submissions.review.forms import ReviewForm
from distui.submissions.review.reviews import add_reviews, reviewable

_MAX_LISTED = 20  # submissions listed by name on the note's page; the rest are counted
_OWN = "You can't review your own submissions."


class ReviewActionsMixin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """The parts of the submission admin that add reviews."""

    actions = ("mark_reviewed", "needs_work")

    def get_urls(self) -> list[URLPattern]:
        """Add the URL that a single review is posted to."""
        view = self.admin_site.admin_view(self.add_review)
        url = path("<int:pk>/review/", view, name="submissions_submission_review")
        return [url, *super().get_urls()]

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Return True if the user may run the actions."""
        return has_perm(request.user, "review")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the review form to the submission's page if the user may review it."""
        if has_perm(request.user, "review", kwargs["obj"]):
            context["review_form"] = ReviewForm()
        return super().render_change_form(request, context, *args, **kwargs)

    def add_review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add one review, or show the form again if it is invalid."""
        submission = visible_or_404(Submission.objects.all(), request.user, pk=pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = ReviewForm(request.POST)
        if not has_perm(request.user, "review", submission):
            raise PermissionDenied(_OWN)
        selected = Submission.objects.filter(pk=submission.pk)
        if not form.is_valid():
            return self._render_form(request, form, selected, status=422)
        self._add_reviews(request, selected, **form.cleaned_data)
        return redirect("admin:submissions_submission_change", pk)

    @admin.action(description="Mark as reviewed", permissions=["review"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Mark all selected submissions as reviewed, without a note."""
        self._add_reviews(request, queryset, decision=Decision.REVIEWED, note="")

    @admin.action(description="Mark as needs work…", permissions=["review"])
    def needs_work(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Mark all selected submissions as needs work, after asking for a note."""
        if "decision" not in request.POST:
            form = ReviewForm(initial={"decision": Decision.NEEDS_WORK})
            return self._render_form(request, form, queryset)
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return self._render_form(request, form, queryset, status=422)
        self._add_reviews(request, queryset, **form.cleaned_data)
        return None

    def _render_form(
        self, request: HttpRequest, form: ReviewForm, selected: Any, status: int = 200
    ) -> HttpResponse:
        """Render the form's own page. It posts back to the same URL, with the same selection."""
        names = ("action", "select_across", ACTION_CHECKBOX_NAME)
        count = selected.count()
        context = self.admin_site.each_context(request) | {
            "title": f"Review {pluralize(count, 'submission')}",
            "opts": self.opts,
            "review_form": form,
            "selected": selected[:_MAX_LISTED],
            "more": max(0, count - _MAX_LISTED),
            "hidden_fields": [
                (name, value) for name in names for value in request.POST.getlist(name)
            ],
        }
        return TemplateResponse(request, "admin/submissions/review.html", context, status=status)

    def _add_reviews(
        self, request: HttpRequest, selected: Any, *, decision: Decision, note: str
    ) -> None:
        """Review the selected submissions, skipping the reviewer's own, and report both."""
        own = selected.count() - reviewable(selected, request.user).count()
        count = add_reviews(selected, decision=decision, note=note, reviewer=request.user)
        if count:
            label = Decision(decision).label.lower()
            text = f"Marked {pluralize(count, 'submission')} as {label}."
            self.message_user(request, text, messages.SUCCESS)
        if own:
            text = f"Skipped {pluralize(own, 'submission')}. {_OWN}"
            self.message_user(request, text, messages.WARNING)

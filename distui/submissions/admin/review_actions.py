"""Reviewing in the Django admin: one submission on its page, many by the list's actions."""

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

from distui.people.policy import has_perm, visible_or_404
from distui.submissions.models import Submission, Verdict
from distui.submissions.review.forms import ReviewForm
from distui.submissions.review.reviews import add_reviews, reviewable

_NAMED = 20  # submissions that the page for a note lists; of the rest it gives the number


class ReviewActionsMixin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none when it runs
    """The half of the submissions' admin in which a review is left beside them."""

    actions = ("mark_reviewed", "needs_work")

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and the one that a single review is posted to."""
        review = self.admin_site.admin_view(self.leave_review)
        own = path("<int:pk>/review/", review, name="submissions_submission_review")
        return [own, *super().get_urls()]

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Who may run the actions."""
        return has_perm(request.user, "review")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The submission's page, with a form for a review where the person may leave one."""
        if has_perm(request.user, "review", kwargs["obj"]):
            context["review_form"] = ReviewForm()
        return super().render_change_form(request, context, *args, **kwargs)

    def leave_review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leave one review; the form again where it can't be read."""
        submission = visible_or_404(Submission.objects.all(), request.user, pk=pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = ReviewForm(request.POST)
        if not has_perm(request.user, "review", submission):
            raise PermissionDenied("You submitted this yourself: somebody else has to review it.")
        chosen = Submission.objects.filter(pk=submission.pk)
        if not form.is_valid():
            return self._ask(request, form, chosen, status=422)
        self._leave(request, chosen, form.cleaned_data)
        return redirect("admin:submissions_submission_change", pk)

    @admin.action(description="Mark as reviewed", permissions=["review"])
    def mark_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """For all that are chosen, without a note."""
        self._leave(request, queryset, {"verdict": Verdict.REVIEWED, "note": ""})

    @admin.action(description="Needs work…", permissions=["review"])
    def needs_work(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """For all that are chosen, after a page that asks for the note."""
        if "verdict" not in request.POST:
            form = ReviewForm(initial={"verdict": Verdict.NEEDS_WORK})
            return self._ask(request, form, queryset)
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return self._ask(request, form, queryset, status=422)
        self._leave(request, queryset, form.cleaned_data)
        return None

    def _ask(
        self, request: HttpRequest, form: ReviewForm, chosen: Any, status: int = 200
    ) -> HttpResponse:
        """The page with the form; it posts to the address that showed it, with the same choice."""
        kept = ("action", "select_across", ACTION_CHECKBOX_NAME)
        count = chosen.count()
        context = self.admin_site.each_context(request) | {
            "title": f"Review {count} submission{'' if count == 1 else 's'}",
            "opts": self.opts,
            "review_form": form,
            "chosen": chosen[:_NAMED],
            "more": max(0, count - _NAMED),
            "kept": [(name, value) for name in kept for value in request.POST.getlist(name)],
        }
        return TemplateResponse(request, "admin/submissions/review.html", context, status=status)

    def _leave(self, request: HttpRequest, chosen: Any, said: dict[str, Any]) -> None:
        """Leave the review beside all of the chosen ones that aren't the reviewer's own."""
        own = chosen.count() - reviewable(chosen, request.user).count()
        count = add_reviews(chosen, reviewer=request.user, **said)
        if count:
            word = Verdict(said["verdict"]).label
            self.message_user(request, f"“{word}” was left beside {count}.", messages.SUCCESS)
        if own:
            text = f"{own} of them you submitted yourself: somebody else has to review that."
            self.message_user(request, text, messages.WARNING)

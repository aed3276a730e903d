"""A submission's page, its reviews, and the drafts that are made of it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from distui.builder.editor.preview import highlight
from distui.builder.formats.format_tabs import FORMATS, FormatTab, format_or_404, render_format_tab
from distui.builder.forms.element_ids import field_link
from distui.builder.models import Draft
from distui.builder.state.draft_state import dump_state
from distui.people.policy import has_perm, visible_or_404
from distui.submissions.heartbeat import worker_problem
from distui.submissions.history.serializers import parse_response
from distui.submissions.history.timeline import next_step, status_version, timeline_steps
from distui.submissions.history.views import get_submission
from distui.submissions.ledger.actions import reopen
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.error_messages import escape_lines, message_for
from distui.submissions.models import AWAITING_WORKER, Decision, Review, Submission
from distui.submissions.review.forms import AnswerForm, ReviewForm
from distui.submissions.review.reviews import add_reviews, can_answer
from distui.submissions.submission_page.action_buttons import offered_actions
from distui.submissions.submission_page.content import SubmissionPage
from distui.web.authentication.recent import recent_sign_in_required
from distui.web.htmx import announce

_REVIEWERS = (
    "Only reviewers can review, and not their own submissions or those of a user with the same"
    " email address."
)


@require_safe
def show_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submission. An htmx poll gets only the status part, or 204 if it is unchanged."""
    if not _is_poll(request):
        return render_submission(request, pk)
    context = _status_context(request, get_submission(request, pk))
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=204)
    response = render(request, "submissions/history/_status.html", context)
    return announce(response, f"{context['submission'].get_state_display()}.")


def render_submission(
    request: HttpRequest,
    pk: int,
    *,
    review_form: Any = None,
    answer_form: Any = None,
    status: int = 200,
) -> HttpResponse:
    """Return a submission's page, with the forms that the user may send, or these invalid ones."""
    submission = get_submission(request, pk)
    if review_form is None and has_perm(request.user, "review", submission):
        review_form = ReviewForm()
    if answer_form is None and can_answer(submission, request.user):
        answer_form = AnswerForm()
    context = _status_context(request, submission) | {
        "request_body": highlight(submission.request),
        "formats": FORMATS.values(),
        "formats_url": formats_url(submission),
        "review_form": review_form,
        "answer_form": answer_form,
        "form": review_form if status == 422 and review_form else answer_form,
        "has_errors": status == 422,
    }
    return render(request, "submissions/history/show_submission.html", context, status=status)


def _status_context(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """Return the context of the part of the page that follows the submission's state."""
    problem = worker_problem() if submission.state in AWAITING_WORKER else ""
    return {
        "submission": submission,
        "page": SubmissionPage(submission, request.user),
        "steps": timeline_steps(submission, request.user),
        "next_step": next_step(submission),
        "worker_problem": problem,
        "error_message": escape_lines(
            message_for(request.user, submission.error_code, submission.error_message)
        ),
        "version": status_version(submission, problem),
        "actions": offered_actions(request.user, submission),
        "response": _highlight_response(parse_response(submission)),
    }


@require_safe
def show_submission_format(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show the submitted document in a format, or download it."""
    submission = get_submission(request, pk)
    tab = FormatTab(
        format_or_404(name), sent_document(submission), submission.request, arn=submission.arn
    )
    context = {"submission": submission, "number": pk, "formats_url": formats_url(submission)}
    return render_format_tab(request, tab, "submissions/history/show_format.html", context)


def formats_url(submission: Submission) -> str:
    """Return the URL below which the submission's formats are."""
    return reverse("submissions:show-submission", args=[submission.pk]) + "formats/"


@require_POST
def reopen_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a rejected submission as a draft, at the field that AWS rejected."""
    submission = get_submission(request, pk)
    user: Any = request.user  # sign-in is required on every page
    draft = reopen(submission=submission, user=user)
    return redirect(
        reverse("builder:edit-draft", args=[draft.pk]) + field_link(submission.error_pointer)
    )


@require_POST
def duplicate_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Create a draft with the submitted content and open it."""
    submission = get_submission(request, pk)
    text = dump_state(sent_document(submission))
    user: Any = request.user  # sign-in is required on every page
    draft = Draft.objects.create(owner=user, text=text, target=submission.target)
    messages.success(request, "Duplicated as a draft. Change its name before you submit it.")
    return redirect("builder:edit-draft", draft.pk)


@recent_sign_in_required
@require_POST
def review_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a review, or show the submission's page with what is wrong with it."""
    submission = visible_or_404(Submission.objects.all(), request.user, pk=pk)
    if not has_perm(request.user, "review", submission):
        raise PermissionDenied(_REVIEWERS)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return render_submission(request, pk, review_form=form, status=422)
    selected = Submission.objects.filter(pk=pk)
    add_reviews(selected, reviewer=request.user, **form.cleaned_data)
    label = Decision(form.cleaned_data["decision"]).label.lower()
    messages.success(request, f"Marked as {label}.")
    return redirect("submissions:show-submission", pk)


@require_POST
def answer_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the author's answer to the newest review, which asks for changes."""
    submission = visible_or_404(Submission.objects.all(), request.user, pk=pk)
    user: Any = request.user  # sign-in is required on every page
    if not can_answer(submission, user):
        raise PermissionDenied(
            "Only the author can answer, and only if the last review requests changes."
        )
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render_submission(request, pk, answer_form=form, status=422)
    note = form.cleaned_data["note"]
    Review.objects.create(
        submission=submission, decision=Decision.ANSWERED, note=note, reviewer=user
    )
    messages.success(request, "Answered. The submission no longer needs work.")
    return redirect("submissions:show-submission", pk)


def _is_poll(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request


def _highlight_response(response: Any) -> str:
    """Return JSON as highlighted HTML, text with visible control characters, and "" for None."""
    if response is None or isinstance(response, str):
        return escape_lines(response or "")
    return highlight(escape_lines(json.dumps(response, indent=2, ensure_ascii=False)))

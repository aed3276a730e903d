"""Template tags about submissions: a state's badge, and a draft's submission."""

from __future__ import annotations

from django import template

from distui.builder.models import Draft
from distui.submissions.history.table_rows import (
    can_open_submission,
    requested_changes,
    unchanged_submission,
)
from distui.submissions.models import Review, Submission, SubmissionState

register = template.Library()

# Heroicons. Each state has an icon and a label, so that color is never the only cue.
STATE_ICONS = {
    SubmissionState.PREPARED: "clock",
    SubmissionState.SENDING: "paper-airplane",
    SubmissionState.WAITING: "arrow-path",
    SubmissionState.CREATED: "check-circle",
    SubmissionState.REJECTED: "x-circle",
    SubmissionState.ATTENTION: "exclamation-triangle",
    SubmissionState.ABANDONED: "archive-box",
    SubmissionState.CANCELLED: "no-symbol",
}


@register.inclusion_tag("submissions/_state.html")
def state_badge(value: str) -> dict[str, str]:
    """Render a submission's state as icon and label, marked ``data-state``."""
    state = SubmissionState(value)
    return {"state": state.value, "icon": STATE_ICONS[state], "label": str(state.label)}


@register.simple_tag
def latest_submission(draft: Draft) -> Submission | None:
    """Return the draft's latest submission."""
    return Submission.objects.filter(draft=draft).select_related("submitted_by").first()


@register.simple_tag
def unchanged_since(submission: Submission, draft: Draft) -> Submission | None:
    """Return the submission if the draft hasn't changed since."""
    return unchanged_submission(draft.document, submission)


@register.simple_tag
def needs_work_of(draft: Draft) -> Review | None:
    """Return the newest review of the draft's submissions, if it asks for changes."""
    return requested_changes([draft.pk]).get(draft.pk)


@register.simple_tag(takes_context=True)
def can_open(context: template.Context, submission: Submission) -> bool:
    """Return True if the user may view the submission."""
    return can_open_submission(submission, context["user"])

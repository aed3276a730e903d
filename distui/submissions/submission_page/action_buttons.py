"""The buttons on a submission's page that change its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from distui.people.policy import has_perm, visible_or_404
from distui.submissions.ledger import actions
from distui.submissions.models import Submission, SubmissionState

_ACTIONS: dict[str, Callable[..., None]] = {
    "resume": actions.resume,
    "abandon": actions.abandon,
    "adopt": actions.adopt,
    "cancel": actions.cancel,
}
# The label of each action, and what it leads to.
_TEXTS = {
    "resume": (
        "Retry",
        "Sends the same request with the same client token: it is created at most once.",
    ),
    "abandon": (
        "Abandon",
        "Closes the submission after checking that AWS doesn't have it. Nothing more is sent.",
    ),
    "adopt": ("Adopt", "Records the configuration that has this ARN as this submission's."),
    "cancel": ("Cancel", "Nothing is sent to AWS. The draft stays."),
}


@require_POST
def change_submission(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Do one of the ``_ACTIONS`` and show the submission. If it is refused, say why."""
    submission = visible_or_404(Submission.objects.all(), request.user, pk=pk)
    if not has_perm(request.user, "change", submission):
        raise PermissionDenied("Only the person who submitted it or an administrator can do this.")
    try:
        _ACTIONS[action](submission=submission, user=request.user)
    except actions.ActionRefused as error:
        messages.error(request, error.user_message)
    return redirect("submissions:show-submission", pk)


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its name, label, URL, and a sentence about what it leads to."""

    name: str
    label: str
    url: str
    consequence: str


def offered_actions(user: Any, submission: Submission) -> list[Action]:
    """Return the actions to offer to the user, the most likely one first."""
    if not has_perm(user, "change", submission):
        return []
    may_exist = submission.uncertain or bool(submission.error_code)
    names = {
        SubmissionState.PREPARED: ["cancel"],
        SubmissionState.ATTENTION: ["resume", *(["adopt"] if may_exist else []), "abandon"],
    }.get(SubmissionState(submission.state), [])
    return [
        Action(name, label, reverse(f"submissions:{name}-submission", args=[submission.pk]), text)
        for name in names
        for label, text in [_TEXTS[name]]
    ]

"""Add reviews to one or many submissions."""

from __future__ import annotations

import logging
from typing import Any

from structlog.contextvars import bound_contextvars

from distui.people.policy import has_perm
from distui.submissions.models import Decision, Review, Submission, SubmissionQuerySet

_BATCH_SIZE = 500

log = logging.getLogger(__name__)


def reviewable(submissions: SubmissionQuerySet, user: Any) -> SubmissionQuerySet:
    """Return the submissions that the user may review: those of other people.

    Another user with the same email address is the same person.
    """
    if not has_perm(user, "review"):
        return submissions.none()
    others = submissions.exclude(submitted_by=user)
    return others.exclude(submitted_by__email__iexact=user.email) if user.email else others


def add_reviews(
    submissions: SubmissionQuerySet, *, decision: Decision, note: str, reviewer: Any
) -> int:
    """Add a review to each submission that the reviewer may review. Return how many were added."""
    selected = (
        reviewable(submissions, reviewer).select_related(None).only("target_name", "submitted_by")
    )
    reviews = [
        Review(
            submission=submission,
            author_id=submission.submitted_by_id,
            decision=decision,
            note=note,
            reviewer=reviewer,
        )
        for submission in selected
    ]
    Review.objects.bulk_create(reviews, batch_size=_BATCH_SIZE)
    for review in reviews:
        with bound_contextvars(**review.submission.log_fields):
            label = Decision(decision).label.lower()
            log.info("Submission %d was marked as %s.", review.submission_id, label)
    return len(reviews)


def can_answer(submission: Submission, user: Any) -> bool:
    """Return True if the newest review asks the user, who submitted it, for changes."""
    newest = [review.decision for review in submission.reviews.all()][-1:]
    return newest == [Decision.NEEDS_WORK] and submission.submitted_by_id == user.pk

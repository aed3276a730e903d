"""Reviews: what reviewers leave beside submissions, one by one or for many at once."""

from __future__ import annotations

from typing import Any

from distui.people.policy import has_perm
from distui.submissions.models import Review, SubmissionQuerySet, Verdict

_AT_ONCE = 500


def reviewable(submissions: SubmissionQuerySet, user: Any) -> SubmissionQuerySet:
    """Those that this user may review: what others submitted; a superuser's may be their own."""
    if not has_perm(user, "review"):
        return submissions.none()
    return submissions if user.is_superuser else submissions.exclude(submitted_by=user)


def add_reviews(
    submissions: SubmissionQuerySet, *, verdict: Verdict, note: str, reviewer: Any
) -> int:
    """Add the review to each that the reviewer may review; returns to how many, at one time."""
    reviews = [
        Review(submission_id=pk, verdict=verdict, note=note, reviewer=reviewer)
        for pk in reviewable(submissions, reviewer).values_list("pk", flat=True)
    ]
    return len(Review.objects.bulk_create(reviews, batch_size=_AT_ONCE))

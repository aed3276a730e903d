"""Drafts and submissions as table rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from distui.builder.models import Draft
from distui.core import Context
from distui.people.policy import has_perm
from distui.submissions.ledger.create import sent_document
from distui.submissions.models import Decision, Review, Submission


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, its Regions, its number of errors, and its submission if unchanged since.

    ``can_open`` says that the user may open the submission: a colleague's draft can be submitted
    by someone else. ``review`` is the newest one of its submissions if that asks for changes.
    """

    draft: Draft
    regions: list[str]
    errors: int
    submission: Submission | None = None
    can_open: bool = False
    review: Review | None = None

    @classmethod
    def build(
        cls,
        draft: Draft,
        latest: Submission | None,
        review: Review | None,
        context: Context | None,
        user: Any,
    ) -> DraftRow:
        """Return the draft's row; ``latest`` is its most recent submission."""
        analysis = draft.analyze(context)
        count, regions = len(analysis.findings.errors), region_codes(analysis.document)
        submission = unchanged_submission(analysis.document, latest)
        can_open = bool(submission and can_open_submission(submission, user))
        return cls(draft, regions, count, submission, can_open, review)

    @classmethod
    def build_all(
        cls, drafts: Iterable[Draft], user: Any, context: Context | None = None
    ) -> list[DraftRow]:
        """Return a row for each draft; ``context`` is the rules' context of the likely target."""
        ids = [draft.pk for draft in drafts]
        found = Submission.objects.filter(draft__in=ids).order_by("submitted_at")
        latest = {
            submission.draft_id: submission for submission in found.select_related("submitted_by")
        }
        reviews = requested_changes(ids)
        return [
            cls.build(draft, latest.get(draft.pk), reviews.get(draft.pk), context, user)
            for draft in drafts
        ]


def requested_changes(draft_ids: Iterable[int]) -> dict[int | None, Review]:
    """Return by draft the newest review of its submissions, if that asks for changes."""
    reviews = Review.objects.filter(submission__draft__in=draft_ids).order_by("created_at", "id")
    found = reviews.select_related("submission__submitted_by", "reviewer")
    texts = ("submission__request", "submission__response")
    newest = {review.submission.draft_id: review for review in found.defer(*texts)}
    return {pk: review for pk, review in newest.items() if review.decision == Decision.NEEDS_WORK}


def can_open_submission(submission: Submission, user: Any) -> bool:
    """Return True if the user may view the submission."""
    return submission.submitted_by_id == user.pk or has_perm(user, "view all")


def unchanged_submission(
    document: dict[str, Any], submission: Submission | None
) -> Submission | None:
    """Return the submission if the draft's document equals what was submitted, else None."""
    return submission if submission and sent_document(submission) == document else None


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission, its Regions, and the decision of its newest review ("" if there is none)."""

    submission: Submission
    regions: list[str]
    decision: str

    @classmethod
    def build(cls, submission: Submission) -> SubmissionRow:
        """Return the submission's row."""
        regions = region_codes(json.loads(submission.request))
        return cls(submission, regions, newest_decision(submission))

    @classmethod
    def build_all(cls, submissions: Iterable[Submission]) -> list[SubmissionRow]:
        """Return a row for each submission, reading all reviews with one query."""
        rows = [*submissions]
        prefetch_related_objects(rows, "reviews")
        return [*map(cls.build, rows)]


def needs_work(submission: Submission) -> bool:
    """Return True if the newest review of the submission asks for changes."""
    return newest_decision(submission) == Decision.NEEDS_WORK


def newest_decision(submission: Submission) -> str:
    """Return the decision of the submission's newest review, "" if there is none."""
    decisions = [review.decision for review in submission.reviews.all()]
    return decisions[-1] if decisions else ""


def region_codes(document: dict[str, Any]) -> list[str]:
    """Return the Regions of the document's distributions, in order, without empty ones."""
    codes = (item.get("region", "") for item in document.get("distributions", ()))
    return [str(code) for code in codes if code]

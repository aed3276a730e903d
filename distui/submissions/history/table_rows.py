"""Drafts and submissions as the lines of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from distui.builder.models import Draft
from distui.core import Context
from distui.submissions.ledger.create import sent_document
from distui.submissions.models import Submission, Verdict


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft, its Regions, how many errors it has, and its submission where it says the same."""

    draft: Draft
    regions: list[str]
    errors: int
    submission: Submission | None = None

    @classmethod
    def of(cls, draft: Draft, last: Submission | None, known: Context | None) -> DraftRow:
        """The line of the draft, ``last`` being what was submitted of it most recently."""
        found = len(draft.analyze(known).findings.errors)
        return cls(draft, region_codes(draft.document), found, unchanged_submission(draft, last))

    @classmethod
    def of_all(cls, drafts: Iterable[Draft], known: Context | None = None) -> list[DraftRow]:
        """The lines of the drafts; ``known`` is what the rules know of where they would go."""
        found = Submission.objects.filter(draft__in=[draft.pk for draft in drafts])
        last = {submission.draft_id: submission for submission in found.order_by("submitted_at")}
        return [cls.of(draft, last.get(draft.pk), known) for draft in drafts]


def unchanged_submission(draft: Draft, submission: Submission | None) -> Submission | None:
    """The submission, if the draft says what was submitted."""
    return submission if submission and sent_document(submission) == draft.document else None


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission, its Regions, and whether its last review says that it needs work."""

    submission: Submission
    regions: list[str]
    needs_work: bool

    @classmethod
    def of(cls, submission: Submission) -> SubmissionRow:
        """The line of the submission."""
        last = [review.verdict for review in submission.reviews.all()][-1:]
        regions = region_codes(json.loads(submission.request))
        return cls(submission, regions, last == [Verdict.NEEDS_WORK])

    @classmethod
    def of_all(cls, submissions: Iterable[Submission]) -> list[SubmissionRow]:
        """The lines of the submissions."""
        rows = [*submissions]
        prefetch_related_objects(rows, "reviews")
        return [*map(cls.of, rows)]


def region_codes(document: dict[str, Any]) -> list[str]:
    """The Regions that the image goes to, in the document's order; unchosen ones are left out."""
    found = (item.get("region", "") for item in document.get("distributions", ()))
    return [region for region in found if region]

"""Drafts and submissions as the lines of a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from distui.builder.models import Draft
from distui.core.findings import errors
from distui.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft, its Regions and how many errors it has."""

    draft: Draft
    regions: list[str]
    errors: int

    @classmethod
    def of(cls, draft: Draft) -> DraftLine:
        """The line of the draft."""
        return cls(draft, regions_of(draft.document), len(errors(draft.findings())))


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission and its Regions."""

    submission: Submission
    regions: list[str]

    @classmethod
    def of(cls, submission: Submission) -> SubmissionLine:
        """The line of the submission."""
        return cls(submission, regions_of(json.loads(submission.request)))


def regions_of(document: dict[str, Any]) -> list[str]:
    """The Regions that the image goes to, in the document's order; unchosen ones are left out."""
    found = (item.get("region", "") for item in document.get("distributions", ()))
    return [region for region in found if region]

"""Bind to log lines which submission they belong to."""

from __future__ import annotations

from contextlib import AbstractContextManager

from structlog.contextvars import bound_contextvars

from distui.submissions.models import Submission


def log_context(submission: Submission) -> AbstractContextManager[object]:
    """Bind the submission, its target and the person who submitted it to all lines in the block."""
    person = submission.submitted_by.get_username()
    return bound_contextvars(**submission.log_fields, person=person)

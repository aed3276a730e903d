"""Submissions in the Django admin: read, search and review them, but never change them."""

from distui.submissions.admin.submissions import SubmissionAdmin

__all__ = ["SubmissionAdmin"]

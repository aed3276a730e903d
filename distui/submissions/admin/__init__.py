"""The submissions in the Django admin: read, search and review them; never change them."""

from distui.submissions.admin.submissions import SubmissionAdmin

__all__ = ["SubmissionAdmin"]

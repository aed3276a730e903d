"""What became of a draft, for pages of other rooms."""

from __future__ import annotations

from django import template

from distui.builder.models import Draft
from distui.submissions.lines import still
from distui.submissions.models import Submission

register = template.Library()


@register.simple_tag
def submission_of(draft: Draft) -> Submission | None:
    """The last submission of the draft, if the draft says what was submitted."""
    return still(draft, Submission.objects.filter(draft=draft).first())

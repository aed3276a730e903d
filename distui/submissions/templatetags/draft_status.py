"""What became of a draft and of its name, for pages of other rooms."""

from __future__ import annotations

from django import template

from distui.builder.models import Draft
from distui.submissions.history.table_rows import unchanged_submission
from distui.submissions.ledger.create import name_conflict
from distui.submissions.models import Submission
from distui.targets.models import Target

register = template.Library()


@register.simple_tag
def submission_of(draft: Draft) -> Submission | None:
    """The last submission of the draft, if the draft says what was submitted."""
    return unchanged_submission(draft, Submission.objects.filter(draft=draft).first())


@register.simple_tag(takes_context=True)
def namesake_of(context: template.Context, draft: Draft) -> Submission | None:
    """The submission that has the draft's name, where there is one target that it can go to."""
    targets = Target.objects.usable_by(context["user"])
    return name_conflict(draft, targets[0], context["user"]) if len(targets) == 1 else None

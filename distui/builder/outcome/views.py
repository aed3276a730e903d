"""The page that shows what a build of a draft produces."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.builder.outcome.table import region_rows
from distui.builder.outcome.tree import tree_pages
from distui.builder.rule_context import chosen_target, context_of
from distui.core.forecast import forecast
from distui.core.numbers import parse_number
from distui.people.policy import visible_or_404
from distui.targets.models import Target
from distui.web.requests import AuthedHtmxRequest


@require_safe
def show_outcome(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Show every AMI, image and change that a build at this moment would produce."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    moment = timezone.now()
    targets = [*Target.objects.usable_by(request.user)]
    wanted = parse_number(request.GET.get("target"))
    target_id = draft.target_id if wanted is None else wanted
    rules = context_of(targets, target_id)
    outcome = forecast(
        draft.document, moment, own_account=rules.own_account, home_region=rules.home_region
    )
    amis = [part.ami for part in outcome.regions if part.ami]
    target = chosen_target(targets, target_id)
    context = {
        "draft": draft,
        "target": target,
        "first_targets": Draft.objects.first_targets(request.user, targets, target),
        "targets": targets,
        "moment": moment,
        "sentence": sentence(outcome.totals),
        "tree_pages": tree_pages(outcome),
        "regions": region_rows(outcome),
        "has_copies": any(part.copies for part in outcome.regions),
        "has_keys": any(ami.key for ami in amis),
        "error_count": len(draft.analyze(rules).findings.errors),
    }
    return render(request, "builder/outcome/show_outcome.html", context)

"""The page that lists what the sandbox account has, to be copied into drafts."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from distui.aws.inventory import InventoryFailed, Resource, resources
from distui.targets.models import Target

_REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2")  # those with sample data


@require_safe
def show_sandbox(request: HttpRequest) -> HttpResponse:
    """List the sandbox's resources, or say that it isn't running."""
    usable = Target.objects.usable_by(request.user)
    target = usable.filter(kind=Target.Kind.SANDBOX).first()
    if target is None:
        raise Http404("No sandbox target")
    try:
        found = resources(target.connection(), _REGIONS)
    except InventoryFailed:
        found = []
    return render(request, "targets/sandbox.html", {"target": target, "groups": _groups(found)})


def _groups(found: list[Resource]) -> list[tuple[str, list[Resource]]]:
    ordered = sorted(found, key=lambda resource: resource.kind)
    return [(kind, [*group]) for kind, group in groupby(ordered, key=lambda each: each.kind)]

"""Duplicate, archive, restore and delete drafts from their list, one or several at once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from distui.builder.models import Draft
from distui.core.numbers import parse_number
from distui.core.text.pluralize import pluralize
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest

_MOST_SELECTED = 100  # a page of the list has fewer


@require_POST
def duplicate_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Create a draft with the same content and open it."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk).duplicate(request.user)
    messages.success(request, f"Duplicated as {draft}.")
    return redirect("builder:edit-draft", draft.pk)


@require_POST
def change_selected(request: AuthedHtmxRequest) -> HttpResponse:
    """Do what the button says to the drafts whose IDs are in ``selected``.

    ``op=delete`` asks for confirmation first, which is ``op=delete-selected``. Drafts of others
    can be duplicated only.
    """
    operation = request.POST.get("op", "")
    if operation not in (*_OPERATIONS, "duplicate", "delete"):
        raise Http404("Unknown operation")
    selected = _selected(request)
    own = selected if operation == "duplicate" else selected.filter(owner=request.user)
    if others := len(selected) - len(own):
        messages.warning(
            request, f"{pluralize(others, 'draft')} not changed: only the owner can do that."
        )
    elif not own:
        messages.warning(request, "Select at least one draft.")
    if own and operation == "delete":
        return render(request, "builder/drafts/delete_drafts.html", {"drafts": own})
    if own and operation == "duplicate":
        copies = [draft.duplicate(request.user) for draft in own]
        messages.success(request, f"Duplicated {pluralize(len(copies), 'draft')}.")
    elif own:
        count = len(own)
        done = _OPERATIONS[operation](own)
        messages.success(request, f"{done} {pluralize(count, 'draft')}.")
    return redirect("home")


def _selected(request: AuthedHtmxRequest) -> QuerySet[Draft]:
    """Return the selected drafts that the user may edit."""
    numbers = map(parse_number, request.POST.getlist("selected")[:_MOST_SELECTED])
    ids = [number for number in numbers if number is not None]
    return Draft.objects.visible_to(request.user).filter(pk__in=ids)


def _archive(drafts: QuerySet[Draft]) -> str:
    drafts.update(archived=True)
    return "Archived"


def _restore(drafts: QuerySet[Draft]) -> str:
    drafts.update(archived=False)
    return "Restored"


def _delete(drafts: QuerySet[Draft]) -> str:
    drafts.delete()
    return "Deleted"


_OPERATIONS: dict[str, Callable[[QuerySet[Draft]], str]] = {
    "archive": _archive,
    "restore": _restore,
    "delete-selected": _delete,
}

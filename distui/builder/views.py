"""Pages of drafts besides the editor: create, download and delete a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distui.builder.links import editor_url
from distui.builder.models import Draft
from distui.builder.rule_context import editing_context
from distui.builder.state.starters import load_starters
from distui.builder.team_rules import rules_in_force
from distui.core import Finding
from distui.core.rules.entries import rule_entries
from distui.core.text.pluralize import pluralize
from distui.people.policy import has_perm, visible_or_404
from distui.web.requests import AuthedHtmxRequest

_MAX_FINDING = 2000  # characters of a rule and a pointer


class DismissForm(forms.Form):
    """The reason why a finding is dismissed, and whether all with the same message are."""

    reason = forms.CharField(
        max_length=500,
        error_messages={"required": "Enter a reason."},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    all = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, same: list[Finding]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.count = len(same)


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """Show the starters; a post opens a new draft, blank or from a starter."""
    if request.method != "POST":
        return render(
            request, "builder/drafts/new_draft.html", {"starters": load_starters().values()}
        )
    if not (chosen := request.POST.get("starter")):
        return redirect("builder:edit-draft", Draft.objects.open_new(request.user).pk)
    if not (starter := load_starters().get(chosen)):
        raise Http404("Unknown starter")
    draft = Draft.objects.open_new(request.user, starter.text)
    messages.info(request, starter.next)
    return redirect(editor_url(draft.pk, starter.open))


@require_safe
def draft_json(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Return the request body exactly as it would be sent."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    name = f"distribution-configuration-{draft.pk}.json"
    disposition = "attachment" if "download" in request.GET else "inline"
    return HttpResponse(
        draft.body(),
        content_type="application/json",
        headers={"Content-Disposition": f'{disposition}; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_findings(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Dismiss the finding of ``?finding=rule:pointer`` with a reason, or restore a dismissed one.

    ``op=restore:2`` restores the second one on the page. ``all`` dismisses the finding wherever
    it says the same.
    """
    with transaction.atomic():
        draft = visible_or_404(Draft.objects.select_for_update(), request.user, pk=pk)
        asked = request.GET.get("finding", "")[:_MAX_FINDING]
        same = []
        if asked:
            same = draft.notices_like(asked, editing_context(request.user, draft.target_id))
        form = DismissForm(request.POST or None, same=same)
        verb, _, number = request.POST.get("op", "").partition(":")
        if verb == "restore":
            draft.restore_finding(number, request.POST.get("key", ""))
            messages.success(request, "Restored 1 finding.")
            return redirect(request.get_full_path())
        if verb == "dismiss" and same and form.is_valid():
            found = same if form.cleaned_data["all"] else same[:1]
            draft.dismiss(found, reason=form.cleaned_data["reason"], user=request.user)
            messages.success(request, f"Dismissed {pluralize(len(found), 'finding')}.")
            to_review = request.GET.get("next") == "review"
            page = "submissions:review-draft" if to_review else "builder:edit-draft"
            return redirect(page, draft.pk)
    finding, is_gone = same[0] if same else None, not same and bool(asked or verb)
    context = {"draft": draft, "form": form, "finding": finding, "is_gone": is_gone}
    status = 422 if verb == "dismiss" else 200
    return render(request, "builder/drafts/dismiss_findings.html", context, status=status)


@require_safe
def show_rules(request: AuthedHtmxRequest) -> HttpResponse:
    """List the rules that drafts are checked by, with the team's own rules and its waivers."""
    team, found = rules_in_force(), rule_entries().values()
    entries = [(entry, team.severities.get(entry.id, entry.severity)) for entry in found]
    return render(request, "builder/rules/show_rules.html", {"entries": entries, "team": team})


@require_http_methods(["GET", "HEAD", "POST"])
def delete_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Ask for confirmation; a post deletes the draft and its versions, not its submissions."""
    draft = visible_or_404(Draft.objects.select_related("owner"), request.user, pk=pk)
    if not has_perm(request.user, "own", draft):
        raise PermissionDenied(f"Only its owner, {draft.owner}, can delete this draft.")
    if request.method != "POST":
        return render(request, "builder/drafts/delete_draft.html", {"draft": draft})
    draft.delete()
    messages.success(request, f"Deleted {draft.name or 'the draft'}.")
    return redirect("home")

"""Share a draft with colleagues, or hand it over to one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.models import Draft
from distui.core.numbers import parse_number
from distui.core.text.characters import quoted
from distui.people.policy import has_perm, visible_or_404
from distui.web.requests import AuthedHtmxRequest

_MOST_EDITORS = 20


class ShareForm(forms.Form):
    """The colleague to share a draft with, or to hand it over to."""

    username = forms.CharField(
        label="Colleague's username",
        max_length=150,
        error_messages={"required": "Enter a colleague's username."},
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, draft: Draft) -> None:
        super().__init__(data)
        self.draft = draft

    def clean_username(self) -> str:
        """Find the active user of that name, in any case, who isn't the owner."""
        typed: str = self.cleaned_data["username"]
        users = User.objects.filter(is_active=True, username__iexact=typed)[:2]
        if len(users) != 1:
            raise forms.ValidationError(
                f"No active user is named {quoted(typed)}. Enter the name that they sign in with."
            )
        if users[0] == self.draft.owner:
            raise forms.ValidationError("You already own this draft. Enter a colleague's username.")
        if self.draft.editors.count() >= _MOST_EDITORS:
            raise forms.ValidationError(
                f"A draft can be shared with at most {_MOST_EDITORS} colleagues. Remove one first."
            )
        self.user = users[0]
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
def share_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Show who may edit the draft. The owner shares it, hands it over, or removes a colleague.

    Colleagues see the page too, and remove themselves.
    """
    with transaction.atomic():
        # Without a join to the owner: PostgreSQL would lock the owner's row too.
        draft = visible_or_404(Draft.objects.select_for_update(), request.user, pk=pk)
        form = ShareForm(draft=draft)
        if request.method == "POST":
            verb, _, number = request.POST.get("op", "share").partition(":")
            if verb == "remove":
                return _remove(request, draft, number)
            _require_owner(request, draft)
            form = ShareForm(request.POST, draft=draft)
            if form.is_valid():
                return _share(request, draft, form.user, hand_over=verb == "hand-over")
    context = {
        "draft": draft,
        "form": form,
        "editors": draft.editors.order_by("username"),
        "is_owner": has_perm(request.user, "own", draft),
    }
    return render(
        request, "builder/drafts/share_draft.html", context, status=422 if form.errors else 200
    )


def _share(
    request: AuthedHtmxRequest, draft: Draft, colleague: User, *, hand_over: bool
) -> HttpResponse:
    draft.keep()
    if hand_over:
        draft.hand_over(colleague)
        draft.editors.add(request.user)
        done = f"Transferred ownership to {colleague}. You can still edit the draft."
    else:
        draft.editors.add(colleague)
        done = f"Shared with {colleague}. The draft is now in their list."
    messages.success(request, done)
    return redirect("builder:share-draft", draft.pk)


def _remove(request: AuthedHtmxRequest, draft: Draft, number: str) -> HttpResponse:
    """Remove a colleague, or the user from a colleague's draft."""
    pk = parse_number(number)
    if pk == request.user.pk:
        draft.editors.remove(request.user)
        messages.success(request, f"Removed {draft} from your drafts.")
        return redirect("home")
    _require_owner(request, draft)
    if colleague := draft.editors.filter(pk=pk or 0).first():
        draft.editors.remove(colleague)
        messages.success(request, f"{colleague} no longer has access to this draft.")
    return redirect("builder:share-draft", draft.pk)


def _require_owner(request: AuthedHtmxRequest, draft: Draft) -> None:
    if not has_perm(request.user, "own", draft):
        raise PermissionDenied(f"Only its owner, {draft.owner}, can share this draft.")

"""Drafts of inactive users in the Django admin, to be handed over to another user."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from distui.builder.models import Draft
from distui.core.text.pluralize import pluralize


class HandOverForm(ActionForm):
    """The list's action, and the user to hand the selected drafts over to."""

    new_owner = forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("username"),
        label="New owner:",
        required=False,
    )


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """The drafts of inactive users. Others see only those that they may edit."""

    list_display = ("__str__", "owner", "updated_at")
    list_filter = (("owner", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username")
    fields = readonly_fields = ("name", "owner", "created_at", "updated_at")
    action_form = HandOverForm
    actions = ("hand_over",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Draft]:
        """Return the drafts of inactive users."""
        return super().get_queryset(request).filter(owner__is_active=False, is_new=False)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forbid adding: drafts are created on the site."""
        return False

    @admin.action(description="Transfer ownership…", permissions=["change"])
    def hand_over(self, request: HttpRequest, queryset: QuerySet[Draft]) -> None:
        """Make the selected user the owner of the selected drafts, and log it for each draft."""
        # The list has validated the action's form: the ID is empty or that of an active user.
        new_owner = User.objects.filter(pk=request.POST.get("new_owner") or 0).first()
        if new_owner is None:
            self.message_user(request, "Select a new owner.", messages.ERROR)
            return
        drafts = list(queryset)
        for draft in drafts:
            self.log_change(request, draft, f"Transferred from {draft.owner} to {new_owner}.")
            draft.hand_over(new_owner)
        text = f"Transferred {pluralize(len(drafts), 'draft')} to {new_owner}."
        self.message_user(request, text, messages.SUCCESS)

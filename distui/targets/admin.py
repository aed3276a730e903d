"""Targets in the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from distui.targets.models import Target
from distui.targets.resolve_account import NoAccount, learn_account_or_say_why


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none when it runs
    """Where one may submit, and who may."""

    list_display = ("name", "account", "region", "kind")
    list_filter = ("kind", "region")
    search_fields = ("name", "account")
    readonly_fields = ("partition",)
    fieldsets = (
        (None, {"fields": ("name", "region", "account", "partition")}),
        ("Credentials", {"fields": ("kind", "profile", "role_arn", "external_id")}),
        ("Who may submit to it", {"fields": ("groups",)}),
    )

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        """Groups are few: each has a box to tick."""
        return super().formfield_for_manytomany(
            *args, **kwargs | {"widget": CheckboxSelectMultiple}
        )

    def save_model(self, request: HttpRequest, obj: Target, form: Any, change: bool) -> None:
        """Save it with its account, which AWS is asked for where nobody gave it."""
        if not obj.account:
            try:
                doubt = learn_account_or_say_why(obj)
            except NoAccount as error:
                doubt = f"The account could not be learned: {error} Nothing is sent without it."
            if doubt:
                self.message_user(request, doubt, messages.WARNING)
        super().save_model(request, obj, form, change)

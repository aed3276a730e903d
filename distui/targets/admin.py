"""Targets in the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from distui.deployment.logs.context import bind_log_fields
from distui.targets.models import Target
from distui.targets.resolve_account import AccountNotResolved, resolve_account_or_warn


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """The targets, and who may submit to them."""

    list_display = ("name", "account", "region", "kind", "usable_by")
    list_filter = ("kind", "region")
    search_fields = ("name", "account")
    readonly_fields = ("partition",)
    fieldsets = (
        (None, {"fields": ("name", "region", "account", "partition")}),
        ("Credentials", {"fields": ("kind", "profile", "role_arn", "external_id")}),
        ("Permissions", {"fields": ("everyone", "groups")}),
    )

    def get_object(self, *args: Any, **kwargs: Any) -> Target | None:
        """Return the target, which the request's log lines name from then on."""
        return bind_log_fields(super().get_object(*args, **kwargs))

    @admin.display(description="usable by")
    def usable_by(self, target: Target) -> str:
        """Return who may submit to the target."""
        return target.audience

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        """Return the field with a checkbox for each group."""
        return super().formfield_for_manytomany(
            *args, **kwargs | {"widget": CheckboxSelectMultiple}
        )

    def save_model(self, request: HttpRequest, obj: Target, form: Any, change: bool) -> None:
        """Save the target, resolving its account ID if it is empty."""
        if not obj.account:
            try:
                warning = resolve_account_or_warn(obj)
            except AccountNotResolved as error:
                warning = (
                    f"Can't determine the account ID: {error} Nothing can be submitted to this"
                    " target until it is set."
                )
            if warning:
                self.message_user(request, warning, messages.WARNING)
        super().save_model(request, obj, form, change)

"""Targets in the Django admin."""

from __future__ import annotations

from django.contrib import admin

from distui.targets.models import Target


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none when it runs
    """Where one may submit, and who may."""

    list_display = ("name", "account", "region", "kind")
    list_filter = ("kind", "region")
    search_fields = ("name", "account")
    filter_horizontal = ("groups",)
    readonly_fields = ("partition",)
    fieldsets = (
        (None, {"fields": ("name", "region", "account", "partition")}),
        ("Credentials", {"fields": ("kind", "profile", "role_arn", "external_id")}),
        ("Who may submit to it", {"fields": ("groups",)}),
    )

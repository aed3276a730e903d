"""Users and groups in the Django admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple

admin.site.site_header = admin.site.site_title = "distui administration"
admin.site.unregister([User, Group])


class CheckboxM2MAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """Shows many-to-many fields as checkboxes: screen readers can't use ``filter_horizontal``."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        """Return the field with a checkbox for each choice."""
        widget = {"widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(*args, **kwargs | widget)


@admin.register(User)
class UserAdmin(CheckboxM2MAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """Django's user admin without permissions of single users: they come from groups."""

    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Personal info", {"fields": ("first_name", "last_name", "email")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Important dates", {"fields": readonly_fields}),
    )


@admin.register(Group)
class GroupAdmin(CheckboxM2MAdmin, auth_admin.GroupAdmin):
    """Django's group admin: the reviewers, and the groups that targets are limited to."""

"""People and their groups in the Django admin, each choice a box to tick."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple

admin.site.unregister([User, Group])


class CheckboxM2MAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none when it runs
    """Django's two lists side by side name their parts for nobody who can't see them."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        """A box each."""
        boxes = {"widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(*args, **kwargs | boxes)


@admin.register(User)
class PersonAdmin(CheckboxM2MAdmin, UserAdmin):  # type: ignore[type-arg]
    """Who may sign in, and what else: permissions come with groups alone."""

    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("May", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Dates", {"fields": readonly_fields}),
    )


@admin.register(Group)
class PeoplesGroupAdmin(CheckboxM2MAdmin, GroupAdmin):
    """Groups: that of the reviewers, and those that targets are open to."""

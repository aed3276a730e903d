"""Users and groups in the Django admin."""

from __future__ import annotations

from typing import Any

import allauth.account.admin  # registers what is unregistered below
import allauth.socialaccount.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from distui.core.text.pluralize import pluralize
from distui.people.models import Session

admin.site.site_header = admin.site.site_title = "distui administration"
admin.site.unregister([User, Group, EmailAddress, SocialAccount, SocialApp, SocialToken])

# A user's permissions. Only superusers grant them: the permission to change users must not be
# enough to get every other one.
_GRANTS = ("is_staff", "is_superuser", "groups")


class CheckboxM2MAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """Shows many-to-many fields as checkboxes: screen readers can't use ``filter_horizontal``."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        """Return the field with a checkbox for each choice."""
        widget = {"widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(*args, **kwargs | widget)


@admin.register(User)
class UserAdmin(CheckboxM2MAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]
    """Django's user admin without permissions of single users: they come from groups.

    Users who may change users but aren't superusers can neither grant permissions nor change,
    delete or set the password of users with permissions that they don't have.
    """

    readonly_fields = ("last_login", "date_joined", "provider_account", "sessions")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Personal info", {"fields": ("first_name", "last_name", "email")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Sign-in", {"fields": readonly_fields}),
    )
    actions = ("end_sessions",)

    @admin.display(description="account at the identity provider")
    def provider_account(self, user: User) -> str:
        """Return the issuer and the subject with which the user signs in."""
        accounts = SocialAccount.objects.filter(user=user)
        return ", ".join(f"{account.provider}, subject {account.uid}" for account in accounts)

    @admin.display(description="sessions")
    def sessions(self, user: User) -> str:
        """Return the user's sessions, one a line."""
        lines = (
            f"{session.browser_name}, {session.address or 'unknown address'}, last active"
            f" {session.last_active:%Y-%m-%d %H:%M} UTC"
            for session in Session.objects.current(user)
        )
        return "\n".join(lines)

    @admin.action(description="End all sessions of the selected users", permissions=["change"])
    def end_sessions(self, request: HttpRequest, queryset: Any) -> None:
        """End the sessions of the users that the administrator may change."""
        users = [user for user in queryset if _outranks(request.user, user)]
        count, _deleted = Session.objects.filter(user__in=users).delete()
        self.message_user(request, f"Ended {pluralize(count, 'session')}.")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let only superusers grant permissions."""
        grants = () if request.user.is_superuser else _GRANTS
        return (*super().get_readonly_fields(request, obj), *grants)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid changing a user with more permissions, and setting that user's password."""
        return super().has_change_permission(request, obj) and _outranks(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forbid deleting a user with more permissions."""
        return super().has_delete_permission(request, obj) and _outranks(request.user, obj)


def _outranks(user: Any, other: User | None) -> bool:
    """Return True if the user has every permission that the other one has."""
    if user.is_superuser or other is None:
        return True
    return not other.is_superuser and (other.get_all_permissions() <= user.get_all_permissions())


@admin.register(Group)
class GroupAdmin(CheckboxM2MAdmin, auth_admin.GroupAdmin):
    """Django's group admin: the reviewers, and the groups that targets are limited to.

    Groups grant permissions, so only superusers can change them.
    """

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let only superusers add groups."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let only superusers change groups."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let only superusers delete groups."""
        return bool(request.user.is_superuser)

"""The reviewers group, created by the first migration."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed

from distui.people.policy import REVIEWERS

# The admin requires these to show the history and add reviews. Records can't be changed or deleted.
_PERMISSIONS = ("view_submission", "view_attempt", "view_review", "add_review")


def create_reviewers_group(*, using: str, apps: Any = installed, **_: Any) -> None:
    """Create the group if it doesn't exist, and add the permissions that it lacks.

    A receiver of ``post_migrate``. ``flush`` sends the signal too, without ``apps``.
    """
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:  # migrated back to before auth's tables existed
        return
    group, _created = groups.get_or_create(name=REVIEWERS)
    group.permissions.add(
        *permissions.filter(content_type__app_label="submissions", codename__in=_PERMISSIONS)
    )

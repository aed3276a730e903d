"""The group of reviewers, there from the first migration on."""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed

from distui.people.policy import REVIEWERS

# What the Django admin asks for before it shows a history and takes a review. Nobody gets leave
# to change or delete a record.
_ADMIN = ("view_submission", "view_attempt", "view_review", "add_review")


def make_reviewers(*, using: str, apps: Any = installed, **_: Any) -> None:
    """After a migration: makes the group, and gives it the permissions that it lacks.

    ``flush`` sends the same signal without ``apps``.
    """
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:  # migrated back to before there were groups
        return
    group, _made = groups.get_or_create(name=REVIEWERS)
    group.permissions.add(
        *permissions.filter(content_type__app_label="submissions", codename__in=_ADMIN)
    )

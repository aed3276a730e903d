"""Permissions: who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from distui.deployment.logs.context import bind_log_fields

REVIEWERS = "reviewers"


def has_perm(user: Any, action: str, obj: Any = None) -> bool:
    """Return True if the user may perform the action on ``obj``, or at all if it is None.

    Actions:

    - ``view``: the object is in its model's ``visible_to(user)``.
    - ``view all``: the user is a reviewer.
    - ``change``: the user is the author (``owner`` or ``submitted_by``), or is staff and the
      object ``is_shared``.
    - ``own``: the user is the author; superusers who aren't may not.
    - ``review``: the user is a reviewer, and neither is nor has the email address of the author.

    Superusers may do everything else except review what they submitted, inactive users nothing.
    Raises KeyError for any other action.
    """
    allows = _ACTIONS[action]
    if not user.is_active:
        return False
    if action == "own":
        return _is_author(user, obj)
    if action == "review" and obj is not None and _is_same_person(user, obj.submitted_by):
        return False
    return bool(user.is_superuser or allows(user, obj))


def visible_or_404(queryset: Any, user: Any, **lookup: Any) -> Any:
    """Return the one object that matches and the user may view. Raises ``Http404`` otherwise.

    The request's log lines name it from then on, if it is a submission.
    """
    try:
        found = queryset.get(**lookup)
        # Most of what a user opens is their own, which takes half as long as ``visible_to``.
        if not (user.is_active and _is_author(user, found)):
            found = queryset.visible_to(user).get(pk=found.pk)
        return bind_log_fields(found)
    except (queryset.model.DoesNotExist, OverflowError, ValueError) as error:
        raise Http404 from error


def _is_reviewer(user: Any, obj: Any = None) -> bool:
    return bool(user.groups.filter(name=REVIEWERS).exists())


def _is_author(user: Any, obj: Any) -> bool:
    author_id = obj.owner_id if hasattr(obj, "owner_id") else obj.submitted_by_id
    return bool(author_id == user.pk)


def _is_same_person(user: Any, author: Any) -> bool:
    has_same_address = user.email.casefold() == author.email.casefold()
    return bool(user == author or (user.email and has_same_address))


def _can_view(user: Any, obj: Any) -> bool:
    objects = type(obj).objects.visible_to(user)
    return bool(objects.filter(pk=obj.pk).exists())


def _can_change(user: Any, obj: Any) -> bool:
    return _is_author(user, obj) or bool(user.is_staff and getattr(obj, "is_shared", False))


_ACTIONS: dict[str, Callable[[Any, Any], bool]] = {
    "view": _can_view,
    "view all": _is_reviewer,
    "change": _can_change,
    "own": _is_author,
    "review": _is_reviewer,
}

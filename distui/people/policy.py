"""Who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

REVIEWERS = "reviewers"


def has_perm(user: Any, action: str, obj: Any = None) -> bool:
    """Whether the user may do that, to ``obj`` or, without one, at all.

    ``see`` an object is for whom its ``visible_to`` shows it, ``change`` it for its author (its
    ``owner`` or ``submitted_by``) and, where it ``is_shared``, for staff, ``see all`` for
    reviewers, and ``review`` for reviewers of what somebody else has submitted. Superusers may all,
    inactive people nothing. Raises KeyError for any other action.
    """
    allows = _ACTIONS[action]
    return bool(user.is_active and (user.is_superuser or allows(user, obj)))


def visible_or_404(queryset: Any, user: Any, **lookup: Any) -> Any:
    """The one object that this user may see; ``Http404`` for any other."""
    try:
        return queryset.visible_to(user).get(**lookup)
    except (queryset.model.DoesNotExist, OverflowError, ValueError) as error:
        raise Http404 from error


def _is_reviewer(user: Any, obj: Any = None) -> bool:
    return bool(user.groups.filter(name=REVIEWERS).exists())


def _sees(user: Any, obj: Any) -> bool:
    objects = type(obj).objects.visible_to(user)
    return bool(objects.filter(pk=obj.pk).exists())


def _wrote(user: Any, obj: Any) -> bool:
    author = obj.owner if hasattr(obj, "owner") else obj.submitted_by
    return bool(author == user)


def _changes(user: Any, obj: Any) -> bool:
    return _wrote(user, obj) or bool(user.is_staff and getattr(obj, "is_shared", False))


def _reviews(user: Any, obj: Any) -> bool:
    return _is_reviewer(user) and (obj is None or not _wrote(user, obj))


_ACTIONS: dict[str, Callable[[Any, Any], bool]] = {
    "see": _sees,
    "see all": _is_reviewer,
    "change": _changes,
    "review": _reviews,
}

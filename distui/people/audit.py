"""Record who changes targets, groups and people: in the admin, by a command, or by signing in."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.auth.models import Group, User
from django.db.models.signals import pre_save


def record_changes() -> None:
    """Record the changes of people and groups. Other apps register their own models."""
    pre_save.connect(add_actor, sender=LogEntry, dispatch_uid="audit actor")
    auditlog.register(
        User,
        exclude_fields=["last_login"],
        mask_fields=["password"],
        m2m_fields={"groups", "user_permissions"},
    )
    auditlog.register(Group, m2m_fields={"permissions"})


def add_actor(instance: Any, **_: Any) -> None:
    """Set the user and the address of the current request; a command has neither.

    auditlog's middleware would trust any X-Forwarded-For, and connects a signal for each request.
    """
    request = context.request
    if request is None or not hasattr(request, "user"):
        return
    instance.remote_addr = request.META.get("REMOTE_ADDR") or None
    if request.user.is_authenticated:
        instance.actor, instance.actor_email = request.user, request.user.email

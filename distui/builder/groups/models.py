"""Named groups of accounts or Regions: filled once by one person, inserted by everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Length, Replace
from django.utils import timezone

from distui.builder.changes.edits import InvalidPointer
from distui.core.pointers import tokens
from distui.core.text.pluralize import pluralize


class GroupGone(InvalidPointer):
    """The group that a button names is not there, or holds something else."""

    said = "That group is no longer there, or holds something else. Nothing was inserted."


class NamedGroupQuerySet(models.QuerySet["NamedGroup"]):
    """Look-ups of groups."""

    def visible_to(self, user: Any) -> Self:
        """The groups that this user may see and insert: all of them."""
        return self if user.is_active else self.none()

    def counted(self) -> Self:
        """The groups with their ``size``; the members wait until they are asked for."""
        breaks = Length("members") - Length(Replace("members", Value("\n"), Value("")))
        return self.annotate(size=breaks + 1).defer("members")


class NamedGroup(models.Model):
    """A named list of account ids or Region codes, a line each.

    Drafts take its members over as they are then: a later change of the group changes no draft.
    """

    class Kind(models.TextChoices):
        """What the members are."""

        ACCOUNTS = "accounts", "Accounts"
        REGIONS = "regions", "Regions"

    is_shared = True  # everybody sees it, and staff may change it (people/policy.py)

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ACCOUNTS)
    members = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="named_groups"
    )
    updated_at = models.DateTimeField(default=timezone.now)

    objects = NamedGroupQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def holds(self) -> str:
        """How many of what it holds, in words."""
        return pluralize(self.count, self.noun)

    @property
    def count(self) -> int:
        """How many members there are, without asking for them where they were counted."""
        return getattr(self, "size", 0) or len(self.items)

    @property
    def noun(self) -> str:
        """What one of its members is called."""
        return "account" if self.kind == NamedGroup.Kind.ACCOUNTS else "Region"

    @property
    def choice(self) -> str:
        """The members as a button posts them."""
        return ",".join(self.items)

    @property
    def items(self) -> list[str]:
        """The members in order."""
        return self.members.splitlines()


def group_from_post(place: str, data: Mapping[str, Any], user: Any) -> tuple[str, NamedGroup]:
    """The place and the group of an ``insert`` button: ``/distributions:7``, or without the number
    the group that is chosen in the place's select. Raises ``GroupGone``.
    """
    pointer, _, number = place.partition(":")
    return pointer, _group(number or data.get(select_name(pointer), ""), user)


def select_name(pointer: str) -> str:
    """The HTML name of the select in which a group is chosen for the place."""
    return "-".join(("group", *tokens(pointer)))


def _group(text: str, user: Any) -> NamedGroup:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise GroupGone(text[:20])
    try:
        return NamedGroup.objects.visible_to(user).get(pk=text)
    except NamedGroup.DoesNotExist as error:
        raise GroupGone(text) from error

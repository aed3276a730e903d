"""Named groups of accounts or Regions, which every user can insert into drafts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Length, Replace
from django.utils import timezone

from distui.builder.state.errors import GroupGone, InvalidPointer
from distui.core.numbers import parse_number
from distui.core.pointers import tokens
from distui.core.text.pluralize import pluralize


class NamedGroupQuerySet(models.QuerySet["NamedGroup"]):
    """Queries for groups."""

    def visible_to(self, user: Any) -> Self:
        """Return the groups that the user may see and insert: all of them."""
        return self if user.is_active else self.none()


class NamedGroup(models.Model):
    """A named list of account IDs or Region codes, one per line.

    A draft gets a copy of the members: later changes of the group do not change the draft.
    """

    class Kind(models.TextChoices):
        """The type of the members."""

        ACCOUNTS = "accounts", "Accounts"
        REGIONS = "regions", "Regions"

    is_shared = True  # every user sees it, and staff may change it (people/policy.py)

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ACCOUNTS)
    members = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="named_groups"
    )
    updated_at = models.DateTimeField(default=timezone.now)
    # The number of members: the database computes it, so that lists of groups need no members.
    size = models.GeneratedField(
        expression=Length("members") - Length(Replace("members", Value("\n"), Value(""))) + 1,
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )

    objects = NamedGroupQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def size_label(self) -> str:
        """Return the number of members in words: ``12 accounts``."""
        return pluralize(self.count, self.noun)

    @property
    def count(self) -> int:
        """Return the number of members."""
        return self.size if "members" in self.get_deferred_fields() else len(self.items)

    @property
    def noun(self) -> str:
        """Return the word for one member."""
        return "account" if self.kind == NamedGroup.Kind.ACCOUNTS else "Region"

    @property
    def joined_items(self) -> str:
        """Return the members as a button posts them, separated by commas."""
        return ",".join(self.items)

    @property
    def items(self) -> list[str]:
        """Return the members in order."""
        return self.members.splitlines()


def group_from_post(argument: str, data: Mapping[str, Any], user: Any) -> tuple[str, NamedGroup]:
    """Return the pointer and the group that an ``insert`` button names.

    The button's argument is ``/distributions:7``, or only the pointer: then the group is the one
    selected in the pointer's select. Raises ``GroupGone`` or ``InvalidPointer``.
    """
    pointer, _, number = argument.partition(":")
    if not pointer.startswith("/"):
        raise InvalidPointer(pointer)
    return pointer, _group(number or data.get(select_name(pointer), ""), user)


def select_name(pointer: str) -> str:
    """Return the HTML name of the select that offers groups for the pointer."""
    return "-".join(("group", *tokens(pointer)))


def _group(text: str, user: Any) -> NamedGroup:
    number = parse_number(text)
    if number is None:
        raise GroupGone(text[:20])
    try:
        return NamedGroup.objects.visible_to(user).get(pk=number)
    except NamedGroup.DoesNotExist as error:
        raise GroupGone(text) from error

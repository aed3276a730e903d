"""Queries for drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Q

from distui.builder.state.draft_state import EMPTY
from distui.targets.models import Target

TARGETS_OFFERED = 8  # where a target is chosen; a page searches all
NEW_KEPT = 20  # opened drafts of a person in which nothing was saved yet


class DraftQuerySet(models.QuerySet[Any]):
    """Queries for drafts."""

    def visible_to(self, user: Any) -> Self:
        """Return the drafts that this user may edit: their own, and those shared with them."""
        shared = self.model.editors.through.objects.filter(user=user.pk).values("draft")
        return self.filter(Q(owner=user) | Q(pk__in=shared))

    def listed(self) -> Self:
        """Return the drafts in which something was saved."""
        return self.filter(is_new=False)

    def last_target_id(self, owner: Any) -> int | None:
        """Return the ID of the target that the owner used last, if any."""
        used = self.filter(owner=owner, target__isnull=False).order_by("-updated_at")
        return used.values_list("target", flat=True).first()

    def open_new(self, owner: Any, text: str = EMPTY) -> Any:
        """Create a draft that is listed once something was saved; delete the oldest such ones.

        It is checked for the target that the owner used last.
        """
        new = self.filter(owner=owner, is_new=True)
        oldest = new.order_by("-pk").values_list("pk", flat=True)[NEW_KEPT - 1 :]
        new.filter(pk__in=[*oldest]).delete()
        target = self.last_target_id(owner)
        return self.create(owner=owner, text=text, target_id=target, is_new=True)

    def first_targets(
        self, user: Any, targets: Sequence[Target], chosen: Target | None
    ) -> list[Target]:
        """Return the targets to offer: all, or of many the chosen and recently used ones."""
        if len(targets) <= TARGETS_OFFERED:
            return [*targets]
        used = self.filter(owner=user, target__isnull=False).order_by("-updated_at")
        recent = used.values_list("target", flat=True)[:100]
        by_id = {target.pk: target for target in targets}
        ids = dict.fromkeys([*([chosen.pk] if chosen else ()), *recent, *by_id])
        return [by_id[pk] for pk in ids if pk in by_id][:TARGETS_OFFERED]

"""Undo steps of a draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from distui.builder.state.draft_state import DraftState, load_state

STEPS_KEPT = 500  # undo steps of a draft


class RevisionManager(models.Manager["Revision"]):
    """Queries for a draft's undo steps."""

    def prune(self) -> None:
        """Delete the oldest steps beyond ``STEPS_KEPT``."""
        newest = self.order_by("-number").values_list("number", flat=True)
        for oldest in newest[STEPS_KEPT - 1 : STEPS_KEPT]:
            self.filter(number__lt=oldest).delete()


class Revision(models.Model):
    """An undo step: what a draft said before a save, and who had saved that. It never changes."""

    draft = models.ForeignKey("builder.Draft", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    undo_to = models.PositiveIntegerField(null=True, blank=True)
    redo_to = models.PositiveIntegerField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # only deleting a user would read it
    )
    created_at = models.DateTimeField()

    objects = RevisionManager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="revision_number"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"

    @property
    def state(self) -> DraftState:
        """Return what the forms edited then. It is shared and can't be changed."""
        return load_state(self.text)

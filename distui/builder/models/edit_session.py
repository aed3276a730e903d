"""Open pages of a draft."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from distui.builder.state.draft_state import DraftState, load_state

# Open pages of a draft, beside those with unsaved changes. Each save of the draft reads them.
SESSIONS_KEPT = 20
MAX_OLD = 10  # beside them; deleted together, since deleting one at each opening takes longer
# The fields that a post changes.
_POSTED = ["accepted", "answered", "pending", "pending_base", "dismissed"]
_POSTED += ["sequence", "answer", "updated_at"]


class EditSessionQuerySet(models.QuerySet["EditSession"]):
    """Queries for the open pages of a draft."""

    def keep_text(self, text: str, *, but: str) -> None:
        """Store a draft's replaced text in each session that points to it, ``but`` that page's."""
        self.filter(~models.Q(page=but), answered="").update(answered=text)

    def unsaved(self) -> Self:
        """Return those whose unsaved changes wait for a choice."""
        return self.filter(pending__gt="", dismissed=False)

    def prune(self) -> None:
        """Delete the old ones, if they are many.

        Those that were opened or saved last are kept, and all with unsaved changes.
        """
        idle = self.filter(pending="").order_by("-updated_at", "-pk").values_list("pk", flat=True)
        old = [*idle[SESSIONS_KEPT - 1 :]]
        if len(old) > MAX_OLD:
            self.filter(pending="", pk__in=old).delete()


class EditSession(models.Model):
    """One open page of a draft, whose it is, and what the server knows that it shows.

    ``accepted`` is the text that the page last posted, ``answered`` the text that the answer to
    that post showed. An empty ``answered`` means the draft's current text, an empty ``accepted``
    the same as ``answered``. A page names the ``answer`` that it drew last, since it skips one
    while its user types. ``sequence`` counts the changes of its fields, to detect a late post.
    ``pending`` is what was typed there in conflict with another page, based on ``pending_base``;
    it waits for a choice until it is saved or ``dismissed``.
    """

    draft = models.ForeignKey("builder.Draft", models.CASCADE, related_name="sessions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # only deleting a user would read it
    )
    page = models.CharField(max_length=36)
    sequence = models.PositiveIntegerField(default=0)
    answer = models.PositiveIntegerField(default=0)
    accepted = models.TextField(blank=True)
    answered = models.TextField(blank=True)
    pending = models.TextField(blank=True)
    pending_base = models.TextField(blank=True)
    dismissed = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = EditSessionQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at",)
        constraints = [
            models.UniqueConstraint(fields=["draft", "page"], name="one_session_a_page"),
        ]

    def __str__(self) -> str:
        return f"Page {self.page}"

    def store(self) -> None:
        """Write what a post changed; the whole row if it is new or was deleted since."""
        self.updated_at = timezone.now()
        values = {name: getattr(self, name) for name in _POSTED}
        if not (self.pk and EditSession.objects.filter(pk=self.pk).update(**values)):
            self.save()

    def base(self, answer: int) -> DraftState:
        """Return the state that the page shows, ``answer`` being the last one that it drew."""
        text = self.answered if answer == self.answer else self.accepted or self.answered
        return load_state(text or self.draft.text)

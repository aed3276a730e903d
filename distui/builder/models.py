"""Drafts: documents that people are working on."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from distui.builder.groups.models import NamedGroup as NamedGroup  # registers the model
from distui.builder.rule_context import rule_context
from distui.builder.state.draft_state import (
    DraftState,
    dump_state,
    duplicate_key_findings,
    load_state,
    same_text,
    to_document,
)
from distui.core import Context, Finding, Severity, check
from distui.core.document import printing
from distui.core.pointers import resolve

BLANK = '{"distributions": []}'
PAUSE = timedelta(seconds=3)  # whoever pauses so long has done one thing and begins another
PASSING_KEPT, STEPS_KEPT = 30, 500  # revisions back, and a few more:
FORGET_EVERY = 16  # revisions, as it costs each save some of its time


def new_token() -> str:
    """A client token: a UUID4, 36 characters, which both sources of the API allow."""
    return str(uuid.uuid4())


class SavedBy(NamedTuple):
    """What saves: a page, after how many changes of its fields, and whether somebody types."""

    page: str
    changes: int
    typing: bool = False


class StaleRevision(Exception):
    """The draft was saved by someone else since it was read."""


class DraftQuerySet(models.QuerySet["Draft"]):
    """Look-ups of drafts."""

    def visible_to(self, user: Any) -> Self:
        """The drafts that this user may open: their own."""
        return self.filter(owner=user)


class Draft(models.Model):
    """A document in the making.

    ``text`` is the JSON of its state (see state.py), without the token it will be sent with.
    ``refusals`` holds what AWS said of it, each with the value that it was said of: a list of
    ``{"pointer", "message", "value"}``. One is shown until its value changes. ``past`` and
    ``future`` number the revisions that undo and redo lead to. ``typed_on`` and ``typed_changes``
    say on which page the last save was made and after how many changes there, ``typed_at`` when,
    if somebody was typing.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    text = models.TextField(default=BLANK)
    client_token = models.CharField(max_length=64, default=new_token, unique=True)
    revision = models.PositiveIntegerField(default=1)
    past = models.PositiveIntegerField(null=True, blank=True)
    future = models.PositiveIntegerField(null=True, blank=True)
    typed_at = models.DateTimeField(null=True, blank=True)
    typed_on = models.CharField(max_length=36, blank=True)
    typed_changes = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-id")

    def __str__(self) -> str:
        return self.name or f"Draft {self.pk}"

    @property
    def state(self) -> DraftState:
        """What the forms edit, made anew at each call: changing it changes no draft."""
        loaded: DraftState = json.loads(self.text)
        return loaded

    @property
    def document(self) -> dict[str, Any]:
        """The request's document, without the client token."""
        found: dict[str, Any] = to_document(self.state)
        return found

    @property
    def name(self) -> str:
        """The configuration's name, empty while it has none."""
        return str(self.state.get("name", ""))

    def request(self) -> dict[str, Any]:
        """The request as it would be sent, client token included."""
        return self.document | {"clientToken": self.client_token}

    def body(self) -> str:
        """The exact request body: what the preview shows, what is hashed, kept and sent."""
        return printing.dumps(self.request())

    def save_state(self, new: DraftState, *, revision: int, by: SavedBy | None = None) -> None:
        """Write the state as the next revision, by compare-and-swap on the one it grew from.

        What stood there stays as a ``Revision``. What is saved while somebody is typing is one
        step of undo until they pause. Raises ``StaleRevision`` where the draft has moved on;
        nothing is written then.
        """
        if same_text(new, load_state(self.text)):
            return
        typing, now = bool(by and by.typing), timezone.now()
        joined = bool(typing and self.typed_at and now - self.typed_at < PAUSE)
        past = self.past if joined else revision
        values = {"text": dump_state(new), "past": past, "future": None}
        self._move(revision, by, joined=joined, typed_at=now if typing else None, **values)

    def rejoin(self, typed: DraftState, both: DraftState, *, revision: int, by: SavedBy) -> None:
        """Save both, and before it what the page has, which is no step of undo.

        So what its next post changes can be told from what it never saw. Neither is saved where
        one can't be. Raises ``StaleRevision``.
        """
        step: dict[str, Any] = {"past": revision, "future": None}
        with transaction.atomic():
            self._move(revision, by, text=dump_state(typed), **step)
            self._move(revision + 1, by, joined=True, text=dump_state(both), **step)

    def is_typed_on(self, page: str) -> bool:
        """Whether the newest revision is what that page saved while somebody typed there."""
        return self.typed_at is not None and self.typed_on == page

    def undo(self, *, revision: int, by: SavedBy | None = None) -> None:
        """Go back one step, if there is one. Raises ``StaleRevision``."""
        step = self._revision(self.past)
        while step and step.text == self.text and (before := self._revision(step.past)):
            step = before  # what came after it was typed and taken back by hand
        if step:
            self._move(revision, by, text=step.text, past=step.past, future=revision)

    def redo(self, *, revision: int, by: SavedBy | None = None) -> None:
        """Take the last undo back, if there is one. Raises ``StaleRevision``."""
        if step := self._revision(self.future):
            self._move(revision, by, text=step.text, past=step.past, future=step.future)

    def _revision(self, number: int | None) -> Revision | None:
        return self.revisions.filter(number=number or 0).first()

    def _move(
        self, revision: int, by: SavedBy | None, *, joined: bool = False, **values: Any
    ) -> None:
        """Become the next revision and keep this one, or raise ``StaleRevision``."""
        page, changes = (by.page, by.changes) if by else ("", 0)
        saved = {"typed_at": None, "typed_on": page, "typed_changes": changes}
        values = {"updated_at": timezone.now()} | saved | values
        with transaction.atomic():
            current = Draft.objects.filter(pk=self.pk, revision=revision)
            if revision != self.revision or not current.update(revision=revision + 1, **values):
                raise StaleRevision
            self.revisions.create(
                number=revision,
                text=self.text,
                past=self.past,
                future=self.future,
                passing=joined,
                at=self.updated_at,
            )
            if revision % FORGET_EVERY == 0:
                self.revisions.forget(before=revision)
        for name, value in values.items():
            setattr(self, name, value)
        self.revision = revision + 1

    def state_at(self, revision: int) -> DraftState:
        """The state that a page of that revision grew from, or the nearest one that is kept.

        Like all of ``load_state``, it is shared.
        """
        if revision >= self.revision:
            return load_state(self.text)
        kept = self.revisions.filter(number__lte=revision).order_by("-number").first()
        kept = kept or self.revisions.order_by("number").first()
        return load_state(kept.text if kept else self.text)

    def set_aside(self, state: DraftState, *, page: str, revision: int) -> bool:
        """Keep what was typed on a page that can't save it; whether that is new."""
        text = dump_state(state)
        if self.asides.filter(page=page, text=text).exists():
            return False
        values = {"text": text, "grew_from": revision, "at": timezone.now(), "given_up": False}
        self.asides.update_or_create(page=page, defaults=values)
        return True

    def forget_aside(self, page: str) -> None:
        """Let go of what was kept aside for the page: it is saved now."""
        if self.asides.filter(page=page).exists():  # a delete would lock the database each time
            self.asides.filter(page=page).delete()

    def findings(self, known: Context | None = None) -> list[Finding]:
        """What the rules say of the request, and what AWS said of values that still stand."""
        request = self.request()
        return [
            *check(request, known or rule_context()),
            *duplicate_key_findings(self.state),
            *self.refused(request),
        ]

    def refused(self, request: dict[str, Any]) -> list[Finding]:
        """What AWS said of those values that stand in the request as they were."""
        return [
            Finding("AWS", Severity.ERROR, refusal["pointer"], refusal["message"], source="AWS")
            for refusal in self.refusals
            if _value(request, refusal["pointer"]) == refusal["value"]
        ]

    def refuse(self, pointer: str, message: str) -> None:
        """Remember what AWS said of a member, together with the value that it was said of."""
        value = _value(self.document, pointer)
        self.refusals = [{"pointer": pointer, "message": message, "value": value}]
        self.save(update_fields=["refusals"])


def _value(current: Any, pointer: str) -> Any:
    """The value at the pointer, None where nothing stands there."""
    try:
        return resolve(current, pointer)
    except LookupError:
        return None


class RevisionManager(models.Manager["Revision"]):
    """Look-ups of a draft's revisions."""

    def forget(self, *, before: int) -> None:
        """Let go of what neither undo nor an open page will ask for any more."""
        old = Q(number__lt=before - PASSING_KEPT, passing=True) | Q(number__lt=before - STEPS_KEPT)
        self.filter(old).delete()


class Revision(models.Model):
    """A state that a draft once had, never changed. ``passing`` ones are no step of undo."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    past = models.PositiveIntegerField(null=True, blank=True)
    future = models.PositiveIntegerField(null=True, blank=True)
    passing = models.BooleanField(default=False)
    at = models.DateTimeField()

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
        """What the forms edited then."""
        loaded: DraftState = json.loads(self.text)
        return loaded


class Aside(models.Model):
    """What somebody typed on a page that was no longer the draft's newest: kept, not saved.

    It waits for their choice until it is saved after all, or ``given_up``.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="asides")
    page = models.CharField(max_length=36)
    grew_from = models.PositiveIntegerField()
    given_up = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(fields=["draft", "page"], name="one_aside_a_page"),
        ]

    def __str__(self) -> str:
        return f"Set aside at {self.at:%H:%M}"

    @property
    def state(self) -> DraftState:
        """What was typed."""
        loaded: DraftState = json.loads(self.text)
        return loaded

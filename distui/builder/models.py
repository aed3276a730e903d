"""Drafts: documents that people are working on, with their undo steps and open pages."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from distui.builder.analysis import Analysis, analyze
from distui.builder.groups.models import NamedGroup as NamedGroup  # registers the model
from distui.builder.rule_context import rule_context
from distui.builder.state.draft_state import (
    EMPTY,
    DraftState,
    dump_state,
    load_state,
    same_text,
    to_document,
)
from distui.core import Context
from distui.core.document import printing
from distui.core.pointers import value_at

NAME_LENGTH = 200  # characters of a draft's name that its column holds
STEPS_KEPT = 500  # undo steps of a draft
PRUNE_EVERY = 16  # revisions, so that not every save pays for pruning
SESSIONS_KEPT = 30  # open pages of a draft, beside those with unsaved changes


def new_token() -> str:
    """Return a new client token: a UUID4, 36 characters, which both sources of the API allow."""
    return str(uuid.uuid4())


class StaleRevision(Exception):
    """The draft was saved since it was read."""


class DraftQuerySet(models.QuerySet["Draft"]):
    """Queries for drafts."""

    def visible_to(self, user: Any) -> Self:
        """Return the drafts that this user may open: their own."""
        return self.filter(owner=user)


class Draft(models.Model):
    """A document in the making.

    ``text`` is the JSON of its state (see state/draft_state.py), without the client token, and
    ``name`` the beginning of the name in it. ``revision`` counts the saves; it guards each save by
    compare-and-swap. ``undo_to`` and ``redo_to`` are the numbers of the revisions that undo and
    redo restore. ``typing_page`` and ``typing_place`` say which page saved last by typing, and in
    which control. ``rejections`` holds what AWS said of the draft: a list of
    ``{"pointer", "message", "value"}``; each is shown as long as its value stands.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    text = models.TextField(default=EMPTY)
    name = models.CharField(max_length=NAME_LENGTH, blank=True, editable=False)
    client_token = models.CharField(max_length=64, default=new_token, unique=True)
    revision = models.PositiveIntegerField(default=1)
    undo_to = models.PositiveIntegerField(null=True, blank=True)
    redo_to = models.PositiveIntegerField(null=True, blank=True)
    typing_page = models.CharField(max_length=36, blank=True)
    typing_place = models.TextField(blank=True)
    rejections = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-id")

    def __str__(self) -> str:
        return self.name or f"Draft {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, with the name that its text has."""
        self.name = _name_in(self.state)
        super().save(*args, **kwargs)

    @property
    def state(self) -> DraftState:
        """Return what the forms edit. It is shared and can't be changed."""
        return load_state(self.text)

    @property
    def document(self) -> dict[str, Any]:
        """Return the request's document, without the client token."""
        document: dict[str, Any] = to_document(self.state)
        return document

    def request(self) -> dict[str, Any]:
        """Return the request as it would be sent, client token included."""
        return self.document | {"clientToken": self.client_token}

    def body(self) -> str:
        """Return the exact request body: what the preview shows, what is hashed, kept and sent."""
        return printing.dumps(self.request())

    def analyze(self, context: Context | None = None) -> Analysis:
        """Return what the draft says and what is wrong with it, AWS's rejections included."""
        return analyze(self.text, context or rule_context()).with_rejections(self.rejections)

    def save_state(
        self, new: DraftState, *, revision: int, page: str = "", typing_place: str = ""
    ) -> None:
        """Save the state as the next revision, by compare-and-swap on the one it grew from.

        What the draft said before becomes an undo step, unless ``page`` goes on typing in the
        control at ``typing_place``: all that is typed in one control is one step. Raises
        ``StaleRevision``, with nothing saved, if the draft has moved on.
        """
        if same_text(new, self.state):
            return
        typing = (page, typing_place)
        goes_on = bool(typing_place) and typing == (self.typing_page, self.typing_place)
        self._replace(
            revision,
            page,
            is_step=not goes_on,
            text=dump_state(new),
            name=_name_in(new),
            undo_to=self.undo_to if goes_on else revision,
            redo_to=None,
            typing_page=page,
            typing_place=typing_place,
        )

    def undo(self, *, revision: int, page: str = "") -> None:
        """Go back one step, if there is one. Raises ``StaleRevision``."""
        step = self._step(self.undo_to)
        while step and step.text == self.text and (before := self._step(step.undo_to)):
            step = before  # the last step was taken back by hand
        if step:
            self._restore(step, revision, page, redo_to=revision)

    def redo(self, *, revision: int, page: str = "") -> None:
        """Take the last undo back, if there is one. Raises ``StaleRevision``."""
        if step := self._step(self.redo_to):
            self._restore(step, revision, page, redo_to=step.redo_to)

    def _step(self, number: int | None) -> Revision | None:
        return self.revisions.filter(number=number or 0).first()

    def _restore(self, step: Revision, revision: int, page: str, *, redo_to: int | None) -> None:
        name = _name_in(step.state)
        values = {"text": step.text, "name": name, "undo_to": step.undo_to, "redo_to": redo_to}
        self._replace(revision, page, is_step=True, typing_page="", typing_place="", **values)

    def _replace(self, revision: int, page: str, *, is_step: bool, **values: Any) -> None:
        """Become the next revision, or raise ``StaleRevision``; a step keeps the present one."""
        values["updated_at"] = timezone.now()
        with transaction.atomic():
            self.sessions.exclude(page=page).keep_text(self.text)
            current = Draft.objects.filter(pk=self.pk, revision=revision)
            if revision != self.revision or not current.update(revision=revision + 1, **values):
                raise StaleRevision
            if is_step:
                self._keep_step(revision)
        for name, value in values.items():
            setattr(self, name, value)
        self.revision = revision + 1

    def _keep_step(self, revision: int) -> None:
        self.revisions.create(
            number=revision,
            text=self.text,
            undo_to=self.undo_to,
            redo_to=self.redo_to,
            created_at=self.updated_at,
        )
        if revision % PRUNE_EVERY == 0:
            self.revisions.prune()

    def open_page(self, page: str) -> None:
        """Add a session for a page that shows the draft as it is; the row must be locked."""
        self.sessions.prune()
        self.sessions.create(page=page)

    def attach_rejection(self, pointer: str, message: str) -> None:
        """Remember what AWS said of a member, together with the value that it was said of."""
        value = value_at(self.document, pointer, None)
        self.rejections = [{"pointer": pointer, "message": message, "value": value}]
        self.save(update_fields=["rejections"])


def _name_in(state: DraftState) -> str:
    return str(state.get("name", ""))[:NAME_LENGTH]


class RevisionManager(models.Manager["Revision"]):
    """Queries for a draft's undo steps."""

    def prune(self) -> None:
        """Delete the oldest steps beyond ``STEPS_KEPT``."""
        newest = self.order_by("-number").values_list("number", flat=True)
        for oldest in newest[STEPS_KEPT - 1 : STEPS_KEPT]:
            self.filter(number__lt=oldest).delete()


class Revision(models.Model):
    """An undo step: what a draft said before a save. It is never changed."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    undo_to = models.PositiveIntegerField(null=True, blank=True)
    redo_to = models.PositiveIntegerField(null=True, blank=True)
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


class EditSessionQuerySet(models.QuerySet["EditSession"]):
    """Queries for the open pages of a draft."""

    def keep_text(self, text: str) -> None:
        """Store the draft's text, which is about to change, in each session that points to it."""
        self.filter(answered="").update(answered=text)

    def unsaved(self) -> Self:
        """Return those whose unsaved changes wait for a choice."""
        return self.exclude(pending="").filter(dismissed=False)

    def prune(self) -> None:
        """Delete the oldest beyond ``SESSIONS_KEPT``, but none with unsaved changes."""
        idle = self.filter(pending="").order_by("-pk").values_list("pk", flat=True)
        for oldest in idle[SESSIONS_KEPT - 1 : SESSIONS_KEPT]:
            self.filter(pending="", pk__lt=oldest).delete()


class EditSession(models.Model):
    """One open page of a draft, and what the server knows that it shows.

    ``accepted`` is the text that the page last posted, ``answered`` the text that the answer to
    that post showed. "" stands for the draft's present text, or in ``accepted`` for the text in
    ``answered``: then the page shows already what the answer says. A page names
    the ``answer`` that it drew last, since it skips one while somebody types on. ``sequence``
    counts the changes of its fields, so that a late post is known as such. ``pending`` is what
    was typed there in conflict with another page, on top of ``pending_base``; it waits for a
    choice until it is saved or ``dismissed``.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="sessions")
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

    def base(self, answer: int) -> DraftState:
        """Return the state that the page shows, ``answer`` being the last one that it drew."""
        text = self.answered if answer == self.answer else self.accepted or self.answered
        return load_state(text or self.draft.text)

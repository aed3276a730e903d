"""Drafts: documents that people are working on."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from distui.builder.analysis import Analysis, analyze
from distui.builder.models.draft_queries import DraftQuerySet
from distui.builder.models.revision import Revision
from distui.builder.rule_context import request_of, rule_context
from distui.builder.state.dismissals import dismissal
from distui.builder.state.draft_state import (
    EMPTY,
    DraftState,
    dump_state,
    load_state,
    same_text,
    to_document,
)
from distui.core import Context, Finding
from distui.core.document import printing
from distui.core.document.unresolved import is_marked, without_mark
from distui.core.numbers import parse_number
from distui.core.pointers import value_at
from distui.targets.models import Target

NAME_LENGTH = 200  # characters of a draft's name that its column holds
_LONGEST_NAME = 126  # characters that AWS allows in a name
_COPY = "-copy"
PRUNE_EVERY = 16  # revisions, so that not every save pays for pruning


def new_token() -> str:
    """Return a new client token: a UUID4, 36 characters, which both sources of the API allow."""
    return str(uuid.uuid4())


class StaleRevision(Exception):
    """The draft was saved since it was read."""


class Draft(models.Model):
    """A document that is being edited.

    ``text`` is the JSON of its state (see state/draft_state.py), without the client token, and
    ``name`` the beginning of the name in it. ``revision`` counts the saves; it guards each save by
    compare-and-swap. ``undo_to`` and ``redo_to`` are the numbers of the revisions that undo and
    redo restore. ``typing_page`` and ``typing_place`` say which page saved last by typing, and in
    which control. ``rejections`` holds AWS's errors for the draft: a list of
    ``{"pointer", "message", "value"}``; each is shown until its value changes. ``dismissed`` has a
    row for each finding that is not shown any more (see state/dismissals.py). The rules check the
    draft for its ``target``, if it has one. An ``archived`` draft is listed apart. The ``editors``
    may do what the ``owner`` may, but not archive, delete or share it; ``edited_by`` saved last.
    One that ``is_new`` was opened, but nothing was saved in it: it isn't listed.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="shared_drafts", blank=True
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(default=EMPTY)
    name = models.CharField(max_length=NAME_LENGTH, blank=True, editable=False)
    client_token = models.CharField(max_length=64, default=new_token, unique=True)
    revision = models.PositiveIntegerField(default=1)
    undo_to = models.PositiveIntegerField(null=True, blank=True)
    redo_to = models.PositiveIntegerField(null=True, blank=True)
    typing_page = models.CharField(max_length=36, blank=True)
    typing_place = models.TextField(blank=True)
    rejections = models.JSONField(default=list, blank=True)
    dismissed = models.JSONField(default=list, blank=True)
    target = models.ForeignKey(
        "targets.Target", models.SET_NULL, null=True, blank=True, related_name="drafts"
    )
    archived = models.BooleanField(default=False)
    is_new = models.BooleanField(default=False, db_default=False)
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
        """Return the request as it would be sent: with client token and ownership tag."""
        return request_of(self.document, self.client_token)

    def body(self) -> str:
        """Return the exact request body: what the preview shows, what is hashed, kept and sent."""
        return printing.dumps(self.request())

    def analyze(self, context: Context | None = None) -> Analysis:
        """Return what the draft says and what is wrong with it.

        AWS's rejections are among the findings, those that were dismissed are not.
        """
        found = analyze(self.text, context or rule_context())
        return found.without_dismissed(self.dismissed).with_rejections(self.rejections)

    def notices_like(self, finding: str, context: Context) -> list[Finding]:
        """Return the warning or suggestion at ``rule:pointer``, then those that say the same."""
        rule, _, place = finding.partition(":")
        notices = [f for f in self.analyze(context).findings.notices if f.rule == rule]
        first = [f for f in notices if f.pointer == place][:1]
        same = {f.message for f in first}
        return first + [f for f in notices if f.message in same and f not in first]

    def dismiss(self, findings: list[Finding], *, reason: str, user: Any) -> None:
        """Keep the findings out of the draft's analysis until they are restored."""
        items, at = self.document.get("distributions", ()), timezone.now().isoformat()
        by = user.get_username()
        rows = [dismissal(found, items, reason=reason, by=by, at=at) for found in findings]
        self.dismissed, self.is_new = [*self.dismissed, *rows], False
        self.save(update_fields=["dismissed", "is_new"])

    def restore_finding(self, number: str, message: str) -> None:
        """Restore the dismissed finding of that number, counted from 1, if it has this message."""
        keep = [
            row
            for index, row in enumerate(self.dismissed, 1)
            if str(index) != number or row["message"] != message
        ]
        self.dismissed = keep
        self.save(update_fields=["dismissed"])

    def save_state(
        self,
        new: DraftState,
        *,
        revision: int,
        user: Any = None,
        page: str = "",
        typing_place: str = "",
    ) -> None:
        """Save the state as the user's next revision, by compare-and-swap on the one before.

        The previous state becomes an undo step, unless ``page`` is still typing in the
        control at ``typing_place``: all that is typed in one control is one step. Raises
        ``StaleRevision``, with nothing saved, if the draft was saved since.
        """
        if same_text(new, self.state):
            return
        typing = (page, typing_place)
        continues_typing = bool(typing_place) and typing == (self.typing_page, self.typing_place)
        self._replace(
            revision,
            page,
            is_step=not continues_typing,
            text=dump_state(new),
            name=_name_in(new),
            undo_to=self.undo_to if continues_typing else revision,
            redo_to=None,
            edited_by=user,
            typing_page=page,
            typing_place=typing_place,
        )

    def undo(self, *, revision: int, user: Any = None, page: str = "") -> None:
        """Go back one step, if there is one. Raises ``StaleRevision``."""
        step = self._step(self.undo_to)
        while step and step.text == self.text and (before := self._step(step.undo_to)):
            step = before  # the last step was taken back by hand
        if step:
            self._restore(step, revision, user, page, redo_to=revision)

    def redo(self, *, revision: int, user: Any = None, page: str = "") -> None:
        """Take the last undo back, if there is one. Raises ``StaleRevision``."""
        if step := self._step(self.redo_to):
            self._restore(step, revision, user, page, redo_to=step.redo_to)

    def _step(self, number: int | None) -> Revision | None:
        return self.revisions.filter(number=number or 0).first()

    def _restore(
        self, step: Revision, revision: int, user: Any, page: str, *, redo_to: int | None
    ) -> None:
        values = {"text": step.text, "name": _name_in(step.state), "edited_by": user}
        values |= {"undo_to": step.undo_to, "redo_to": redo_to}
        self._replace(revision, page, is_step=True, typing_page="", typing_place="", **values)

    def _replace(self, revision: int, page: str, *, is_step: bool, **values: Any) -> None:
        """Become the next revision, or raise ``StaleRevision``; a step keeps the present one."""
        values |= {"updated_at": timezone.now(), "is_new": False}
        current = Draft.objects.filter(pk=self.pk, revision=revision)
        with transaction.atomic(savepoint=False):
            is_current = revision == self.revision and current.update(
                revision=revision + 1, **values
            )
            if is_current:
                self.sessions.keep_text(self.text, but=page)
                if is_step:
                    self._keep_step(revision)
        if not is_current:  # nothing was written, so nothing is rolled back
            raise StaleRevision
        for name, value in values.items():
            setattr(self, name, value)
        self.revision = revision + 1

    def _keep_step(self, revision: int) -> None:
        self.revisions.create(
            number=revision,
            text=self.text,
            undo_to=self.undo_to,
            redo_to=self.redo_to,
            edited_by_id=self.edited_by_id,
            created_at=self.updated_at,
        )
        if revision % PRUNE_EVERY == 0:
            self.revisions.prune()

    def open_page(self, page: str, user: Any) -> None:
        """Add a session for the user's page that shows the draft as it is; lock the row before."""
        self.sessions.prune()
        self.sessions.create(page=page, user=user)

    def choose_target(self, choice: str | None, user: Any) -> None:
        """Check the draft for another target, given by its ID; "" is none, None no choice.

        An ID that is not that of a target of the user changes nothing.
        """
        number = parse_number(choice)
        if choice is None or number == self.target_id or (choice and number is None):
            return
        # Without a choice, a colleague's target stays: the user wasn't offered it.
        if Target.objects.usable_by(user).filter(pk=number or self.target_id or 0).exists():
            self.target_id, self.is_new = number, False
            self.save(update_fields=["target", "is_new"])

    def keep(self) -> None:
        """List the draft from now on."""
        if self.is_new:
            self.is_new = False
            self.save(update_fields=["is_new"])

    def hand_over(self, user: Any) -> None:
        """Make the user the owner."""
        self.editors.remove(user)
        self.owner = user
        self.save(update_fields=["owner"])

    def duplicate(self, owner: Any) -> Draft:
        """Return a new draft of that owner with the same content and another name."""
        state = self.state
        name = str(state.get("name") or "")
        if name and not is_marked(name):
            state = state | {"name": name[: _LONGEST_NAME - len(_COPY)] + _COPY}
        text = dump_state(state)
        return Draft.objects.create(
            owner=owner, text=text, dismissed=self.dismissed, target=self.target
        )

    def attach_rejection(self, pointer: str, message: str) -> None:
        """Store AWS's error for a member, together with the value that it is about."""
        value = value_at(self.document, pointer, None)
        self.rejections = [{"pointer": pointer, "message": message, "value": value}]
        self.save(update_fields=["rejections"])


def _name_in(state: DraftState) -> str:
    return without_mark(str(state.get("name", "")))[:NAME_LENGTH]

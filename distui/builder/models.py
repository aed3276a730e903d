"""Drafts: documents that people are working on."""

from __future__ import annotations

import json
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from distui.builder.findings import context
from distui.builder.state import State, document_of, findings_of
from distui.core import Context, Finding, Severity, check, document
from distui.core.pointers import resolve

BLANK = '{"distributions": []}'


def new_token() -> str:
    """A client token: a UUID4, 36 characters, which both sources of the API allow."""
    return str(uuid.uuid4())


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
    ``{"pointer", "message", "value"}``. One is shown until its value changes.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    text = models.TextField(default=BLANK)
    client_token = models.CharField(max_length=64, default=new_token, unique=True)
    revision = models.PositiveIntegerField(default=1)
    refusals = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-id")

    def __str__(self) -> str:
        return self.name or f"Draft {self.pk}"

    @property
    def state(self) -> State:
        """What the forms edit, made anew at each call: changing it changes no draft."""
        loaded: State = json.loads(self.text)
        return loaded

    @property
    def document(self) -> dict[str, Any]:
        """The request's document, without the client token."""
        found: dict[str, Any] = document_of(self.state)
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
        return document.dumps(self.request())

    def save_state(self, new: State, *, revision: int) -> None:
        """Write the state as the next revision, by compare-and-swap on the one it grew from.

        Raises ``StaleRevision`` where the draft has moved on; nothing is written then.
        """
        text = document.dumps(new)
        if text == self.text and revision == self.revision:
            return
        saved = Draft.objects.filter(pk=self.pk, revision=revision).update(
            text=text, revision=revision + 1, updated_at=timezone.now()
        )
        if not saved:
            raise StaleRevision
        self.refresh_from_db()

    def findings(self, known: Context | None = None) -> list[Finding]:
        """What the rules say of the request, and what AWS said of values that still stand."""
        request = self.request()
        return [
            *check(request, known or context()),
            *findings_of(self.state),
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

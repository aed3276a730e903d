"""The versions of a draft: its saved states, and unsaved changes of its open pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from distui.builder.changes.diff import Difference, diff, summarize
from distui.builder.changes.merge import merge
from distui.builder.models import Draft, EditSession, Revision
from distui.builder.state.draft_state import DraftState, load_state

LIMIT = 50  # versions that are listed
CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Version:
    """A state, the key that names it, who saved it when, and what that changed.

    ``number`` is the draft's revision, ``undone`` says that it was undone later. ``session`` is
    the page on which unsaved changes were typed. ``differences`` are None if the version before it
    is no longer listed.
    """

    key: str
    at: datetime
    by: Any
    state: DraftState
    differences: list[Difference] | None
    number: int = 0
    undone: bool = False
    session: EditSession | None = None

    @property
    def title(self) -> str:
        """Return its name: ``Version 12``."""
        return f"Version {self.number}"

    @property
    def summary(self) -> str:
        """Return what was changed, in words."""
        if self.differences is None:
            return "Oldest version shown"
        if not self.differences:
            return "Created" if self.number == 1 else "No changes"
        return summarize(self.differences)


def saved_versions(draft: Draft) -> list[Version]:
    """Return the current version and the earlier ones, the newest first."""
    rows = draft.revisions.select_related("edited_by")[:LIMIT]
    steps = {step.number: step for step in rows}
    lasting = {number: steps[number] for number in _undo_chain(draft, steps)}
    current = Version(
        CURRENT,
        draft.updated_at,
        draft.edited_by,
        draft.state,
        _changes(steps, draft.undo_to, draft.state),
        draft.revision,
    )
    listed = {draft.text, *(step.text for step in lasting.values())}
    return [current] + [
        Version(
            f"r{step.pk}",
            step.created_at,
            step.edited_by,
            step.state,
            _changes(steps, step.undo_to, step.state),
            number,
            undone=number not in lasting,
        )
        for number, step in steps.items()
        if number in lasting or step.text not in listed
    ]


def _undo_chain(draft: Draft, steps: dict[int, Revision]) -> Iterator[int]:
    """Yield the numbers of the steps that undo leads to; all others were undone."""
    number = draft.undo_to
    while number in steps:
        yield number
        number = steps[number].undo_to


def _changes(
    steps: dict[int, Revision], undo_to: int | None, state: DraftState
) -> list[Difference] | None:
    if undo_to is None:
        return []
    before = steps.get(undo_to)
    return diff(before.state, state) if before else None


def unsaved_versions(draft: Draft) -> list[Version]:
    """Return the unsaved changes on top of the draft, each with what it would change."""
    current, versions = draft.state, []
    for session in draft.sessions.exclude(pending="").select_related("user")[:LIMIT]:
        typed, base = load_state(session.pending), load_state(session.pending_base)
        state = merge(base, typed, current, prefer="mine").state
        found = diff(current, state)
        key, at, by = f"u{session.pk}", session.updated_at, session.user
        versions.append(Version(key, at, by, state, found, session=session))
    return [version for version in versions if version.differences]


def find_version(draft: Draft, key: str) -> Version | None:
    """Return the version of that key, None if there is none."""
    versions = [*unsaved_versions(draft), *saved_versions(draft)]
    return next((version for version in versions if version.key == key), None)

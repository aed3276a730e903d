"""The earlier versions of a draft: its undo steps, and unsaved changes of its open pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from distui.builder.changes.diff import Difference, diff, summarize
from distui.builder.changes.merge import merge
from distui.builder.models import Draft, EditSession
from distui.builder.state.draft_state import DraftState, load_state

LIMIT = 50  # versions that are listed


@dataclass(frozen=True, slots=True)
class Version:
    """A state that can be restored, the key that names it, and its differences.

    ``session`` is the page on which unsaved changes were typed.
    """

    key: str
    at: datetime
    state: DraftState
    differences: list[Difference]
    session: EditSession | None = None

    @property
    def summary(self) -> str:
        """Return what was changed after it, in words."""
        return summarize(self.differences)


def saved_versions(draft: Draft) -> list[Version]:
    """Return the undo steps, the newest first, each with what was changed after it."""
    versions, after = [], draft.state
    for step in draft.revisions.all()[:LIMIT]:
        differences = diff(step.state, after)
        versions.append(Version(f"r{step.pk}", step.created_at, step.state, differences))
        after = step.state
    return [version for version in versions if version.differences]


def unsaved_versions(draft: Draft) -> list[Version]:
    """Return the unsaved changes on top of the draft, each with what it would change."""
    current, versions = draft.state, []
    for session in draft.sessions.exclude(pending="")[:LIMIT]:
        typed, base = load_state(session.pending), load_state(session.pending_base)
        state = merge(base, typed, current, prefer="mine").state
        key, differences = f"u{session.pk}", diff(current, state)
        versions.append(Version(key, session.updated_at, state, differences, session))
    return [version for version in versions if version.differences]


def find_version(draft: Draft, key: str) -> Version | None:
    """Return the version of that key, None if there is none."""
    versions = [*unsaved_versions(draft), *saved_versions(draft)]
    return next((version for version in versions if version.key == key), None)

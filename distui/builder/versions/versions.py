"""The earlier versions of a draft: every step that undo knows, and what was typed and set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from distui.builder.changes.diff import Difference, diff
from distui.builder.changes.merge import merge
from distui.builder.models import Aside, Draft
from distui.builder.state.draft_state import DraftState

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A state to go back to, the key that names it, and what the change after it was.

    One that was typed and not saved has its ``aside``.
    """

    key: str
    at: datetime
    state: DraftState
    changed: list[Difference]
    aside: Aside | None = None


def versions(draft: Draft) -> list[Version]:
    """The newest steps first; a version's ``changed`` is what came after it."""
    found, after = [], draft.state
    for step in draft.revisions.filter(passing=False)[:SHOWN]:
        found.append(Version(f"r{step.pk}", step.at, step.state, diff(step.state, after)))
        after = step.state
    return [version for version in found if version.changed]


def unsaved_versions(draft: Draft) -> list[Version]:
    """What was typed elsewhere and not saved, on top of the draft, and what it would change."""
    current, found = draft.state, []
    for aside in draft.asides.all()[:SHOWN]:
        state = merge(draft.state_at(aside.grew_from), aside.state, current)
        changed = diff(current, state)
        found.append(Version(f"a{aside.pk}", aside.at, state, changed, aside))
    return [version for version in found if version.changed]


def waiting_versions(draft: Draft) -> list[Version]:
    """Those of the asides of which nobody has said yet what becomes of them."""
    return [
        version
        for version in unsaved_versions(draft)
        if version.aside and not version.aside.given_up
    ]


def version(draft: Draft, key: str) -> Version | None:
    """The version of that key, None where there is none."""
    return next(
        (found for found in [*unsaved_versions(draft), *versions(draft)] if found.key == key), None
    )

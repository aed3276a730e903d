"""What one press mends: a finding by its fix, and an AMI's name by the build date."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any

from distui.builder.changes.edits import InvalidPointer
from distui.builder.rule_context import rule_context
from distui.builder.state.draft_state import DraftState, to_document
from distui.core import check
from distui.core.pointers import pointer, resolve, tokens
from distui.core.reference.ami_tokens import with_build_date
from distui.core.text.characters import escape_invisible

VERBS = ("fix", "build-date")
_LONGEST = 40  # characters of a value that a button shows

Json = dict[str, Any]


class FindingGone(ValueError):
    """The finding is not there any more."""


def apply_fix(verb: str, place: str, state: DraftState) -> tuple[DraftState, str]:
    """The state after the press of a button of ``VERBS``, and the pointer of what it mended.

    The place of ``fix`` is ``rule:pointer`` of a finding; ``build-date`` acts on an AMI's name.
    Raises ``FindingGone`` for a finding that there is not, ``InvalidPointer`` for a place.
    """
    rule, _, where = place.partition(":") if verb == "fix" else ("", "", place)
    patch = _fix(rule, where, state) if verb == "fix" else _build_date(where, state)
    return apply_patch(state, patch), where


def _fix(rule: str, place: str, state: DraftState) -> Sequence[Json]:
    for finding in check(to_document(state), rule_context()):
        if (finding.rule, finding.pointer) == (rule, place) and finding.fix:
            return finding.fix
    raise FindingGone("What this button mends is not there any more. Nothing was changed.")


def _build_date(place: str, state: DraftState) -> Sequence[Json]:
    try:
        region, index, *path = tokens(place)
        ami = resolve(state, pointer((region, index, path[0])))
    except (LookupError, ValueError):
        raise InvalidPointer(place) from None
    if [region, *path] != ["distributions", "amiDistributionConfiguration", "name"]:
        raise InvalidPointer(place)
    name = with_build_date(str(ami.get("name", "")), str(state.get("name", "")))
    return ({"op": "add", "path": place, "value": name},)


def fix_label(fix: Sequence[Json]) -> str:
    """What the fix does, as a button says it."""
    match fix[-1]:
        case {"op": "remove"}:
            return "Remove it"
        case {"op": "move", "path": path}:
            return f"Rename it to {tokens(path)[-1]}"
        case {"value": value}:
            text = escape_invisible(value) if isinstance(value, str) else json.dumps(value)
            return f"Use {text}" if len(text) <= _LONGEST else "Correct it"
    return "Correct it"


def apply_patch(state: DraftState, patch: Sequence[Json]) -> DraftState:
    """The state after a JSON Patch of ``add``, ``replace``, ``remove`` and ``move``."""
    changed = copy.deepcopy(state)
    for step in patch:
        value = step.get("value")
        if step["op"] in ("remove", "move"):
            value = _taken(changed, step["from" if step["op"] == "move" else "path"])
        if step["op"] != "remove":
            _put(changed, step["path"], value)
    return changed


def _taken(state: DraftState, path: str) -> Any:
    """The value that stood there, taken out; of a map that is held as rows its first such row."""
    *above, last = tokens(path)
    container = resolve(state, pointer(above))
    if isinstance(container, dict):
        return container.pop(last)
    if container and isinstance(container[0], list):
        keys = [key for key, _ in container]
        return container.pop(keys.index(last))[1]
    return container.pop(int(last))


def _put(state: DraftState, path: str, value: Any) -> None:
    """Put the value there, in place of what stood there."""
    *above, last = tokens(path)
    container = resolve(state, pointer(above))
    container[last if isinstance(container, dict) else int(last)] = value

"""Changes made by one button: apply a finding's fix, or add the build date to an AMI name."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from distui.builder.analysis import analyze
from distui.builder.forms.locations import field_label
from distui.builder.rule_context import rule_context
from distui.builder.state.dismissals import Stored
from distui.builder.state.draft_state import DraftState, dump_state
from distui.builder.state.errors import FindingGone, InvalidPointer
from distui.core import Context, Finding
from distui.core.document.patch import apply_patch
from distui.core.pointers import pointer, resolve, tokens
from distui.core.reference.ami_tokens import repaired_name, with_build_date
from distui.core.text.characters import escape_invisible

VERBS = ("fix", "fix-all", "build-date")
_REGION = re.compile("/distributions/[0-9]+")
_MAX_LABEL = 60  # characters of a value on a button; the middle of a longer one is cut

Json = dict[str, Any]


def apply_fix(
    verb: str, argument: str, state: DraftState, context: Context | None = None
) -> tuple[DraftState, str]:
    """Return the state after the button ``fix`` or ``build-date``, and the pointer that it changed.

    The argument of ``fix`` is ``rule:pointer`` of a finding, or ``rule.1:pointer`` for its second
    fix; that of ``build-date`` is the pointer of an AMI name. Raises ``FindingGone`` or
    ``InvalidPointer``.
    """
    patch: Sequence[Json]
    if verb == "fix":
        rule, _, place = argument.partition(":")
        finding, number = _finding_at(_findings(state, context), rule, place)
        patch = finding.fixes[number]
    else:
        place = argument
        patch = _build_date_patch(place, state)
    return apply_patch(state, patch), place


def apply_to_all(
    argument: str,
    state: DraftState,
    context: Context | None = None,
    dismissed: Sequence[Stored] = (),
) -> tuple[DraftState, int]:
    """Return the state after the fix of every finding like that one, and the number of them.

    The argument is that of ``fix``. Findings that were ``dismissed`` are left as they are. Raises
    ``FindingGone``.
    """
    rule, _, place = argument.partition(":")
    findings = _findings(state, context, dismissed)
    first, number = _finding_at(findings, rule, place)
    found = {
        other.pointer: other.fixes[number]
        for other in findings
        if label_for_all((first, other), number) and _kind(other) == _kind(first)
    }
    # The last places come first: what is removed then moves no place that is still to be fixed.
    order = sorted(found, key=_position, reverse=True)
    return apply_patch(state, [step for pointer in order for step in found[pointer]]), len(found)


def label_for_all(findings: Sequence[Finding], number: int) -> str:
    """Return the label of this fix if all findings have the same one, at one place; else ""."""
    label = ""
    for finding in findings:
        (fix,) = finding.fixes[number : number + 1] or ((),)
        own = fix_label(fix) if len(fix) == 1 else ""
        if not own or label not in ("", own):
            return ""
        label = own
    return label


def _kind(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, field_label(finding.pointer), finding.message


def _position(place: str) -> list[tuple[bool, int, str]]:
    return [
        (token.isdecimal(), int(token) if token.isdecimal() else 0, token)
        for token in tokens(place)
    ]


def _findings(
    state: DraftState, context: Context | None, dismissed: Sequence[Stored] = ()
) -> tuple[Finding, ...]:
    """Return the findings of the state that its page shows."""
    found = analyze(dump_state(state), context or rule_context())
    return found.without_dismissed(dismissed).findings.all


def _finding_at(findings: Sequence[Finding], rule: str, place: str) -> tuple[Finding, int]:
    """Return the finding of that rule and place, and the number of its fix."""
    rule_id, _, number = rule.partition(".")
    for finding in findings:
        for index in range(len(finding.fixes)):
            if (finding.rule, finding.pointer, str(index)) == (rule_id, place, number or "0"):
                return finding, index
    raise FindingGone(f"{rule}:{place}")


def _build_date_patch(place: str, state: DraftState) -> Sequence[Json]:
    try:
        first, index, *path = tokens(place)
        ami = resolve(state, pointer((first, index, path[0])))
    except (LookupError, ValueError):
        raise InvalidPointer(place) from None
    if [first, *path] != ["distributions", "amiDistributionConfiguration", "name"]:
        raise InvalidPointer(place)
    name = with_build_date(str(ami.get("name", "")), str(state.get("name", "")))
    return ({"op": "add", "path": place, "value": repaired_name(name)},)


def fix_label(fix: Sequence[Json]) -> str:
    """Return the label of the button that applies the fix."""
    if len(fix) == 1 and fix[0]["op"] == "remove":  # first, as most fixes do this
        return "Remove"
    for step in fix:
        if step["op"] == "move":
            (*old, _), (*new, name) = tokens(step["from"]), tokens(step["path"])
            return f"Rename to {name}" if old == new else f"Move to {_parent(new)}"
    match [*fix]:
        case [*_, {"op": "remove", "path": path}] if _REGION.fullmatch(path):
            return "Merge both Regions"
        case [{"path": path}, {"op": "remove"}]:
            return f"Move to {tokens(path)[-1]}"
    value = fix[0]["value"]
    text = escape_invisible(value) if isinstance(value, str) else json.dumps(value)
    return f"Use {_shortened(text)}"


def _parent(path: Sequence[str]) -> str:
    """Return the last name of a path: a member's, not an index."""
    return next((token for token in reversed(path) if not token.isdecimal()), "the top level")


def _shortened(text: str) -> str:
    """Return the text with its middle cut if it is too long for a button."""
    if len(text) <= _MAX_LABEL:
        return text
    head = _MAX_LABEL // 2
    return f"{text[:head]}…{text[-(_MAX_LABEL - head - 1) :]}"

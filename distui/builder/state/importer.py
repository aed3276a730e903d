"""Reading API JSON into a draft: nothing lost, nothing changed silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from distui.builder.rule_context import rule_context
from distui.builder.state.draft_state import DraftState, dump_state, to_document
from distui.core import Finding, check
from distui.core.document import printing, strict_json
from distui.core.schema import shapes

_DROPPED = ("clientToken", "dryRun", "arn", "dateCreated", "dateUpdated", "timeoutMinutes")
_UNHELD = {"L059", "L101"}  # unknown members and wrong types: no form could show them


class NotImportable(ValueError):
    """The document holds what no form can show; ``findings`` says all of it, and where."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        count = len(findings)
        super().__init__(f"{count} {'place has' if count == 1 else 'places have'} to change first.")


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft's state, and what was left out of it, in sentences."""

    state: DraftState
    notices: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The state as a draft keeps it."""
        return dump_state(self.state)


def read_document(text: str | bytes) -> Imported:
    """The document as a draft, also from an answer of GetDistributionConfiguration.

    Wrong values stay and are findings of the draft. Raises ``ParseError`` for what is no JSON, and
    ``NotImportable`` for unknown members and wrong types.
    """
    value = strict_json.parse(text)
    if isinstance(value, dict):
        value = _unwrapped(value)
    notices = []
    if isinstance(value, dict):
        dropped = [name for name in (*_DROPPED, "requestId") if name in value]
        value = {name: item for name, item in value.items() if name not in dropped}
        if dropped:
            notices.append(f"Left out, since distui or AWS sets them: {', '.join(dropped)}.")
    if unheld := [finding for finding in check(value, rule_context()) if finding.rule in _UNHELD]:
        raise NotImportable(unheld)
    kept = to_document(value)
    if kept != value:
        notices.append("Empty texts, lists and maps were left out: AWS takes none.")
    return Imported(printing.in_api_order(kept, shapes.shape()), notices)


def _unwrapped(value: dict[str, Any]) -> dict[str, Any]:
    """The configuration inside an answer of Get, or the value itself."""
    inner = value.get("distributionConfiguration")
    return inner if isinstance(inner, dict) else value

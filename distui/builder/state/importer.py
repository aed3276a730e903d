"""Read API JSON into a draft. Nothing is lost, and nothing is changed without a notice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from distui.builder.rule_context import rule_context
from distui.builder.state.draft_state import DraftState, dump_state, to_document
from distui.core import Finding, check
from distui.core.document import printing, strict_json
from distui.core.schema import shapes
from distui.core.text.pluralize import pluralize

_READ_ONLY = (
    "clientToken",
    "dryRun",
    "arn",
    "dateCreated",
    "dateUpdated",
    "timeoutMinutes",
    "requestId",
)
_NOT_EDITABLE = {"L059", "L101"}  # unknown members and wrong types: no form can show them


class NotImportable(ValueError):
    """The document has errors that no form can show; ``findings`` has all of them."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(f"Fix {pluralize(len(findings), 'error')} to import this document.")


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft's state, and notices of what was removed from the document."""

    state: DraftState
    notices: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the state as a draft stores it."""
        return dump_state(self.state)


def read_document(text: str | bytes) -> Imported:
    """Read a request, or a response of GetDistributionConfiguration.

    Invalid values are imported and become findings of the draft. Raises ``ParseError`` if the text
    is not JSON, and ``NotImportable`` for unknown members and wrong types.
    """
    if not text.strip():
        raise strict_json.ParseError("Paste JSON or choose a file.")
    value = strict_json.parse(text)
    notices = []
    if isinstance(value, dict):
        value = _configuration_in(value)
        ignored = [name for name in _READ_ONLY if name in value]
        value = {name: item for name, item in value.items() if name not in ignored}
        if ignored:
            notices.append(f"Ignored read-only fields: {', '.join(ignored)}.")
    errors = [found for found in check(value, rule_context()) if found.rule in _NOT_EDITABLE]
    if errors:
        raise NotImportable(errors)
    state = to_document(value)
    if state != value:
        notices.append("Removed empty strings, lists and maps; the API rejects them.")
    return Imported(printing.in_api_order(state, shapes.shape()), notices)


def _configuration_in(value: dict[str, Any]) -> dict[str, Any]:
    """Return the configuration inside a response of Get, or the value itself."""
    inner = value.get("distributionConfiguration")
    return inner if isinstance(inner, dict) else value

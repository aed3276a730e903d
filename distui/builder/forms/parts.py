"""The common interface of everything nested in the editor's form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from distui.builder.forms.field_messages import FieldMessages
from distui.core import Finding
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes


def own_findings(
    findings: Iterable[Finding], pointer: str, shape: shapes.Shape
) -> Sequence[Finding]:
    """Return the findings about the value at the pointer as a whole and its unknown members."""
    start = f"{pointer}/"
    return [
        finding
        for finding in findings
        if finding.pointer == pointer
        or (
            shape.kind == "object"
            and finding.pointer.startswith(start)
            and finding.pointer[len(start) :].partition("/")[0] not in shape.members
        )
    ]


class FormPart:
    """The part of the form that edits the structure, list or map at ``path``."""

    shape: shapes.Shape
    path: Path
    prefix: str | None
    findings: Sequence[Finding]

    @property
    def pointer(self) -> str:
        """Return the JSON Pointer of what this part edits."""
        return pointer(self.path)

    @property
    def messages(self) -> FieldMessages:
        """Return the findings about the part as a whole, and about its unknown members."""
        own = own_findings(self.findings, self.pointer, self.shape)
        return FieldMessages(self.prefix or "", self.pointer, own)

    def document(self) -> Any:
        """Return the part's state; None if the member is absent."""
        raise NotImplementedError

    def integrity_errors(self) -> Iterator[Finding]:
        """Yield what makes a post ambiguous, such as a row count that contradicts the rows."""
        return iter(())

    def field_messages(self) -> Iterator[FieldMessages]:
        """Yield the messages of every element on the page, those of the whole part first."""
        yield self.messages


class MemberPart(FormPart):
    """The part of a form that edits one member: a structure, a list of structures or a map."""

    template = ""

    def __init__(
        self,
        *,
        member: shapes.Member,
        data: Any,
        path: Path,
        state: Any,
        findings: Sequence[Finding],
        label: str,
        item_label: str,
        help_text: str,
    ) -> None:
        self.member, self.required, self.name = member, member.required, member.name
        self.shape = member.shape
        self.data, self.path, self.state, self.findings = data, path, state, findings
        self.label, self.item_label, self.help_text = label, item_label, help_text
        self.prefix: str = "-".join(map(str, path))

    def is_posted(self) -> bool:
        """Return True if the post has any field of this part."""
        return bool(self.data.has_prefix(self.prefix))

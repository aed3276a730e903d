"""The controls of a draft as HTML, and where findings are shown among them.

Rendering a section by crispy-forms takes longer than anything else, so it is cached by what the
section says. A Region's section is rendered once for all Regions that say the same, and numbered.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.shape_form import ShapeForm
from distui.builder.groups.models import NamedGroup
from distui.builder.state.draft_state import DraftState
from distui.core import Finding
from distui.core.caching import cached_by_text
from distui.core.pointers import Path, pointer, tokens

# In place of a Region's index in cached HTML. Random and of 18 digits, so that no one has typed it.
_ANY_INDEX = 10**17 + secrets.randbelow(10**17)
GENERAL = tuple(name for name in RequestForm.Meta.fields if name != "distributions")


@dataclass(frozen=True, slots=True)
class GroupOption:
    """A named group that can be inserted."""

    pk: int
    name: str
    count: int

    @classmethod
    def by_kind(cls, user: Any) -> dict[str, tuple[GroupOption, ...]]:
        """Return the groups that the user may insert, by the kind of their members."""
        found: dict[str, list[GroupOption]] = {kind: [] for kind in NamedGroup.Kind}
        for group in NamedGroup.objects.visible_to(user).defer("members"):
            found[group.kind].append(cls(group.pk, group.name, group.count))
        return {kind: tuple(options) for kind, options in found.items()}


@dataclass(frozen=True, slots=True)
class Section:
    """One member of the request or of a Region, as its controls and messages show it.

    ``path`` leads to the structure that the member is in, ``state`` is the member's.
    """

    form: type[ShapeForm]
    path: Path
    name: str
    state: Any
    findings: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """Return the HTML id that the ids of its controls begin with."""
        return "-".join(map(str, (*self.path, self.name)))

    @property
    def maps(self) -> Any:
        """Return the maps in its state: by their keys, findings find their rows."""
        shape = self.form.shape.members[self.name].shape
        names = [name for name, member in shape.members.items() if member.shape.kind == "map"]
        if shape.kind != "map" and isinstance(self.state, dict):
            return [self.state.get(name) for name in names]
        return self.state

    def messages(self) -> Iterator[FieldMessages]:
        """Yield what is shown at each control."""
        return self._form().member_messages(self.name)

    @property
    def part(self) -> Any:
        """Return the bound field or the nested part that edits the member."""
        return self._form().part(self.name)

    def _form(self) -> ShapeForm:
        """Return a form that holds only this member."""
        state = {} if self.state is None else {self.name: self.state}
        return self.form(path=self.path, state=state, findings=self.findings)

    def html(self, groups: tuple[GroupOption, ...] = ()) -> SafeString:
        """Return the controls; ``groups`` can be inserted into its account lists."""
        if not self.path:
            return self.rendered(groups)
        html, index = str(self._of_any_region().rendered(groups)), int(self.path[1])
        for place in (0, 1):  # its index, and its number for people
            html = html.replace(str(_ANY_INDEX + place), str(index + place))
        return mark_safe(html)  # noqa: S308 (of safe HTML, and numbers)

    def rendered(self, groups: tuple[GroupOption, ...] = ()) -> SafeString:
        """Return the controls, rendered or from the cache."""
        text = json.dumps(self.state)
        return _section_html(text, self.form, self.path, self.name, self.findings, groups)

    def _of_any_region(self) -> Section:
        """Return the same section with ``_ANY_INDEX`` as the Region's index."""
        path = ("distributions", _ANY_INDEX)
        old, new = pointer(self.path), pointer(path)
        return replace(self, path=path, findings=tuple(f.moved(old, new) for f in self.findings))


def sections(index: int | None, state: DraftState, findings: Sequence[Finding]) -> list[Section]:
    """Return the sections outside of Regions, or those of the Region of that index."""
    form: type[ShapeForm] = RequestForm if index is None else DistributionForm
    names = GENERAL if index is None else DistributionForm.Meta.fields
    path: Path = () if index is None else ("distributions", index)
    found: dict[str, list[Finding]] = {name: [] for name in names}
    for finding in findings:
        inside = tokens(finding.pointer)[len(path) :]
        if inside and inside[0] in found:
            found[inside[0]].append(finding)
    return [Section(form, path, name, state.get(name), tuple(found[name])) for name in names]


def render(sections: Iterable[Section], groups: tuple[GroupOption, ...] = ()) -> SafeString:
    """Return the controls of the sections."""
    return format_html_join("", "{}", ((section.html(groups),) for section in sections))


@cached_by_text(maxsize=512, max_length=8_000, max_total=4_000_000)
def _section_html(
    text: str,
    form: type[ShapeForm],
    path: Path,
    name: str,
    findings: tuple[Finding, ...],
    groups: tuple[GroupOption, ...],
) -> SafeString:
    """Return one member's controls, ``text`` being its state as JSON."""
    part = Section(form, path, name, json.loads(text), findings).part
    # The Region's code may be changed in the same form, so buttons name it by its number.
    where = f", Region {int(path[1]) + 1}" if path else ""
    context = {"parts": [part], "where": where, "groups": groups}
    return render_to_string("builder/forms/_parts.html", context)

"""The controls of a draft as HTML, and where findings are shown among them.

Rendering a section by crispy-forms takes longer than anything else, so it is cached by what the
section says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.shape_form import ShapeForm
from distui.builder.groups.models import NamedGroup
from distui.builder.state.draft_state import DraftState
from distui.core import Finding
from distui.core.caching import cached_by_text
from distui.core.pointers import Path, pointer

GENERAL = tuple(name for name in RequestForm.Meta.fields if name != "distributions")


@dataclass(frozen=True, slots=True)
class GroupOption:
    """A named group that can be inserted."""

    pk: int
    name: str
    count: int

    @classmethod
    def list(cls, user: Any, kind: str) -> tuple[GroupOption, ...]:
        """Return the groups of that kind that the user may insert."""
        groups = NamedGroup.objects.visible_to(user).filter(kind=kind).with_size()
        return tuple(cls(group.pk, group.name, group.count) for group in groups)


def general_form(state: DraftState, findings: Iterable[Finding]) -> SafeString:
    """Return the controls outside of Regions."""
    return _joined(_render(RequestForm, GENERAL, (), state, findings))


def region_form(
    index: int,
    state: DraftState,
    findings: Iterable[Finding],
    *,
    groups: tuple[GroupOption, ...] = (),
) -> SafeString:
    """Return the controls of the Region of that index."""
    names, path = DistributionForm.Meta.fields, ("distributions", index)
    return _joined(_render(DistributionForm, names, path, state, findings, groups))


def field_messages(
    index: int | None, state: DraftState, findings: Sequence[Finding]
) -> Iterator[FieldMessages]:
    """Yield what is shown at each control outside of Regions, or in the Region of that index."""
    form: type[ShapeForm] = RequestForm if index is None else DistributionForm
    names = GENERAL if index is None else DistributionForm.Meta.fields
    path: Path = () if index is None else ("distributions", index)
    for name, text, found in _sections(names, path, state, findings):
        yield from _section_messages(text, form, path, name, found)


@cached_by_text(maxsize=512, max_length=8_000)
def _section_messages(
    text: str, form: type[ShapeForm], path: Path, name: str, findings: tuple[Finding, ...]
) -> tuple[FieldMessages, ...]:
    return tuple(_form_of(text, form, path, name, findings).member_messages(name))


def _render(
    form: type[ShapeForm],
    names: Sequence[str],
    path: Path,
    state: DraftState,
    findings: Iterable[Finding],
    groups: tuple[GroupOption, ...] = (),
) -> Iterator[SafeString]:
    for name, text, found in _sections(names, path, state, findings):
        yield _section(text, form, path, name, found, groups)


def _sections(
    names: Sequence[str], path: Path, state: DraftState, findings: Iterable[Finding]
) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """Yield each member's name, its state as JSON, and its findings."""
    for name in names:
        place = pointer((*path, name))
        found = tuple(f for f in findings if f"{f.pointer}/".startswith(f"{place}/"))
        yield name, json.dumps(state.get(name)), found


@cached_by_text(maxsize=512, max_length=8_000)
def _section(
    text: str,
    form: type[ShapeForm],
    path: Path,
    name: str,
    findings: tuple[Finding, ...],
    groups: tuple[GroupOption, ...],
) -> SafeString:
    """Return one member's controls, ``text`` being its state as JSON."""
    part = _form_of(text, form, path, name, findings).part(name)
    # The Region's code may be typed anew in the same form, so buttons name it by its number.
    where = f", Region {int(path[1]) + 1}" if path else ""
    context = {"part": part, "where": where, "groups": groups}
    return render_to_string("builder/forms/_form_part.html", context)


def _form_of(
    text: str, form: type[ShapeForm], path: Path, name: str, findings: tuple[Finding, ...]
) -> ShapeForm:
    """Return a form that holds only the one member."""
    state: Any = json.loads(text)
    return form(path=path, state={} if state is None else {name: state}, findings=findings)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))

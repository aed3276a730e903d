"""The sections of a form as HTML, remembered: most are as they were on the page before.

A Region's are drawn with ``ANY`` for its number and ``WHERE`` for the end of its buttons' names, so
that they serve each Region that says the same there, and all that say nothing there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.builder.forms.element_ids import ANY
from distui.builder.forms.shape_form import ShapeForm
from distui.builder.groups.models import NamedGroupQuerySet
from distui.builder.state.draft_state import DraftState
from distui.core import Finding
from distui.core.caching import cached_by_text
from distui.core.pointers import Path, pointer

WHERE = ANY * 2  # twice what no document holds
GENERAL = tuple(name for name in RequestForm.Meta.fields if name != "distributions")


@dataclass(frozen=True, slots=True)
class GroupOption:
    """A group that can be inserted."""

    pk: int
    name: str
    count: int

    @classmethod
    def of(cls, groups: NamedGroupQuerySet) -> tuple[GroupOption, ...]:
        """All of the groups."""
        return tuple(cls(group.pk, group.name, group.count) for group in groups)


def general_form(state: DraftState, findings: Iterable[Finding]) -> SafeString:
    """The controls of what stands outside the Regions."""
    return _joined(_sections(RequestForm, GENERAL, (), state, findings, ()))


def region_form(
    index: int,
    state: DraftState,
    findings: Iterable[Finding],
    *,
    where: str,
    groups: tuple[GroupOption, ...] = (),
) -> SafeString:
    """The controls of the Region of that index, whose buttons' names end in ``where``."""
    here, path = f"/distributions/{index}", ("distributions", ANY)
    found = [finding.moved(here, pointer(path)) for finding in findings]
    drawn = _sections(DistributionForm, DistributionForm.Meta.fields, path, state, found, groups)
    return _joined(part.replace(WHERE, escape(where)).replace(ANY, str(index)) for part in drawn)


def _sections(
    form: type[ShapeForm],
    names: Sequence[str],
    path: Path,
    state: DraftState,
    findings: Iterable[Finding],
    groups: tuple[GroupOption, ...],
) -> Iterable[str]:
    for name, text, found in sections(names, path, state, findings):
        yield _section(text, form, path, name, found, groups)


def sections(
    names: Sequence[str], path: Path, state: DraftState, findings: Iterable[Finding]
) -> Iterator[tuple[str, str, tuple[Finding, ...]]]:
    """Of each member of the structure at the path: its name, its state as JSON, its findings."""
    for name in names:
        place = pointer((*path, name))
        found = tuple(f for f in findings if f"{f.pointer}/".startswith(f"{place}/"))
        yield name, json.dumps(state.get(name)), found


@cached_by_text(maxsize=1024, max_length=8_000)
def _section(
    text: str,
    form: type[ShapeForm],
    path: Path,
    name: str,
    findings: tuple[Finding, ...],
    groups: tuple[GroupOption, ...],
) -> str:
    """The member of that name in the structure at the path, ``text`` being its state as JSON."""
    part = form_of(text, form, path, name, findings).part(name)
    where = WHERE if path else ""
    return render_to_string(
        "builder/forms/_form_part.html", {"part": part, "where": where, "groups": groups}
    )


def form_of(
    text: str, form: type[ShapeForm], path: Path, name: str, findings: tuple[Finding, ...]
) -> ShapeForm:
    """A form of that structure with nothing in it but the one member."""
    state: Any = json.loads(text)
    given = {} if state is None else {name: state}
    return form(path=path, state=given, findings=findings)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (templates drew them)

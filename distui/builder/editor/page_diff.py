"""What changes on the page, while somebody types and after an edit: only that is sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from distui.builder.changes.account_lists import AccountListSummary, summaries_in
from distui.builder.editor.page import Editor, RegionCard
from distui.builder.editor.preview import PreviewSection
from distui.builder.editor.rendering import GENERAL, form_of, sections
from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.builder.forms.element_ids import is_within
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.shape_form import ShapeForm
from distui.core import Finding
from distui.core.caching import cached_by_text
from distui.core.pointers import Path

MOST_DRAWN = 4  # cards; where more are others now, the whole page is sooner there


class Live:
    """The difference on the page between the draft ``before`` a post and ``after`` it.

    While somebody is ``typing`` no control is drawn anew, only what stands at it. The control that
    they are ``at`` for the first time is told nothing yet, the ``fresh`` ones that they have just
    left are told all.
    """

    def __init__(
        self,
        before: Editor,
        after: Editor,
        *,
        typing: bool = False,
        fresh: frozenset[str] = frozenset(),
        at: str = "",
    ) -> None:
        self.before, self.editor, self.typing, self.fresh = before, after, typing, fresh
        self.at = "" if at in after.left else at

    @property
    def is_small(self) -> bool:
        """Whether the rest of the page can stay, all Regions keeping their places."""
        stay = 0 < self.before.count <= self.editor.count
        return stay and len(self.cards) + len(self.added) <= MOST_DRAWN

    @property
    def slots(self) -> list[FieldMessages]:
        """The places whose findings are others now, and those of the controls just left."""
        if not self.fresh and self.before.told.findings == self.editor.told.findings:
            return []
        old = {slot.id: [*slot.findings] for slot in _slots(self.before)}
        return [
            slot
            for slot in _slots(self.editor)
            if slot.id != self.at
            and (is_within(slot.id, self.fresh) or old.get(slot.id, []) != [*slot.findings])
        ]

    @property
    def ami_name(self) -> Any:
        """The control of the open Region's AMI's name, where it holds another one now."""
        form = self.editor.region_form
        if form is None or _ami_name(self.before) == (name := _ami_name(self.editor)):
            return None
        return None if name is None else form.part("amiDistributionConfiguration").form["name"]

    @property
    def tallies(self) -> list[AccountListSummary]:
        """What the open Region's lists of accounts come to, where that is another thing now."""
        old = summaries_in(self.before.state, self.before.open)
        return [
            line for line in summaries_in(self.editor.state, self.editor.open) if line not in old
        ]

    @property
    def general(self) -> bool:
        """Whether the controls outside the Regions are drawn anew."""
        old, new = (
            {name: value for name, value in editor.state.items() if name != "distributions"}
            for editor in (self.before, self.editor)
        )
        return not self.typing and old != new

    @cached_property
    def _same(self) -> set[int]:
        """The Regions that say at their place what they said before."""
        both = zip(self.before.items, self.editor.items, strict=False)
        return {index for index, (old, new) in enumerate(both) if old is new or old == new}

    @cached_property
    def changed(self) -> list[RegionCard]:
        """The Regions that were there and of which another thing is said now."""
        both = [
            (self.before.card_at(index), self.editor.card_at(index))
            for index in range(min(self.before.count, self.editor.count))
            if index not in self._same
            or self.before.errors_in(index) != self.editor.errors_in(index)
        ]
        return [new for old, new in both if new != old]

    @property
    def counts(self) -> bool:
        """Whether another number of findings is said than before."""
        old, new = self.before.told, self.editor.told
        return old.errors_at != new.errors_at or len(old.notices) != len(new.notices)

    @cached_property
    def cards(self) -> list[RegionCard]:
        """The Regions that are drawn anew."""
        known = {card.index: card for card in self.changed}
        for index in () if self.typing else (self.before.open, self.editor.open):
            if index is not None and index < min(self.before.count, self.editor.count):
                known[index] = self.editor.card_at(index)
        return [card for card in known.values() if not (self.typing and card.open)]

    @cached_property
    def added(self) -> list[RegionCard]:
        """The Regions that have come after all others."""
        return [*map(self.editor.card_at, range(self.before.count, self.editor.count))]

    @cached_property
    def _printed(self) -> list[tuple[PreviewSection, list[SafeString] | None]]:
        """The pieces of the preview that are others now, with the lines that make it up, if any."""
        alike = {
            index
            for index in self._same
            if self.before.printed(index) == self.editor.printed(index)
        }
        old = {piece.id: piece for piece in self.before.pieces(without=alike)}
        new = [piece for piece in self.editor.pieces(without=alike) if old.get(piece.id) != piece]
        return [(piece, piece.changes(old.get(piece.id))) for piece in new]

    @property
    def lines(self) -> list[SafeString]:
        """The lines of the preview that take the place of others, all around them staying."""
        return [line for _, lines in self._printed for line in lines or ()]

    @property
    def pieces(self) -> list[PreviewSection]:
        """The pieces of the preview of which more than single lines are others."""
        return [piece for piece, lines in self._printed if lines is None]


def _ami_name(editor: Editor) -> str | None:
    """What the open Region's AMI is called, None where there is no control for it."""
    if editor.open is None:
        return None
    ami = editor.items[editor.open].get("amiDistributionConfiguration")
    return None if ami is None else str(ami.get("name", ""))


def _slots(editor: Editor) -> Iterator[FieldMessages]:
    """Where findings can stand on the page: outside the Regions, and in the open one."""
    yield editor.regions_slot
    for name, text, found in sections(GENERAL, (), editor.state, editor.shown(None)):
        yield from _section_slots(text, RequestForm, (), name, found)
    if editor.open is None or editor.open_slot is None:
        return
    yield editor.open_slot
    path, names = ("distributions", editor.open), DistributionForm.Meta.fields
    state, shown = editor.state["distributions"][editor.open], editor.shown(editor.open)
    for name, text, found in sections(names, path, state, shown):
        yield from _section_slots(text, DistributionForm, path, name, found)


@cached_by_text(maxsize=1024, max_length=8_000)
def _section_slots(
    text: str, form: type[ShapeForm], path: Path, name: str, findings: tuple[Finding, ...]
) -> tuple[FieldMessages, ...]:
    """Those of one member of the structure at the path."""
    return tuple(form_of(text, form, path, name, findings).member_slots(name))

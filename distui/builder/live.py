"""What the page is told while somebody types: only what this save has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from distui.builder.editor import Card, Editor
from distui.builder.preview import Piece, pieces
from distui.builder.slots import Slot


class Live:
    """The answer to a save by itself, from the draft ``before`` it and ``after`` it.

    The control that somebody is ``at`` for the first time is told nothing yet, the ``fresh`` ones
    that they have just left are told all.
    """

    def __init__(
        self, before: Editor, after: Editor, *, fresh: frozenset[str] = frozenset(), at: str = ""
    ) -> None:
        self.before, self.editor, self.fresh = before, after, fresh
        self.at = "" if at in after.left else at

    @property
    def slots(self) -> list[Slot]:
        """The places whose findings are others now, and those of the controls just left."""
        old = {slot.id: [*slot.findings] for slot in _slots(self.before)}
        return [
            slot
            for slot in _slots(self.editor)
            if slot.id != self.at
            and (slot.id in self.fresh or old.get(slot.id, []) != [*slot.findings])
        ]

    @property
    def ami_name(self) -> Any:
        """The control of the open Region's AMI's name, where it holds another one now."""
        old, new = _ami_name(self.before), _ami_name(self.editor)
        return new if new and not (old and old.value() == new.value()) else None

    @property
    def cards(self) -> list[Card]:
        """The closed Regions whose count of errors has changed, and the open one."""
        old, new = self.before, self.editor
        changed = [
            new.card_at(index)
            for index in range(new.count)
            if index != new.open and old.errors_in(index) != new.errors_in(index)
        ]
        return [new.card, *changed] if new.card else changed

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces of the preview that can have changed."""
        return pieces(self.editor.request, self.editor.open, closed=False)


def _ami_name(editor: Editor) -> Any:
    form = editor.card.form if editor.card else None
    ami: Any = form.nested["amiDistributionConfiguration"] if form else None
    return ami.form["name"] if ami and ami.included else None


def _slots(editor: Editor) -> Iterator[Slot]:
    yield from editor.form.slots(closed="distributions")
    if editor.card and editor.card.form:
        yield editor.card.form.slot
        yield from editor.card.form.slots()

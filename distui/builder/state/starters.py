"""Starters: the beginnings of documents for common intents, each with a picture of where it sends.

What only its author knows, such as account ids and ARNs, is absent: the rules ask for it, or
``next`` does, which is said once where the draft opens.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from distui.builder.state.draft_state import dump_state

_WIDTH, _HEIGHT, _GLYPH = 168, 72, 16
_ROW = 18  # from the middle of a glyph to that of the next one below


class Glyph(NamedTuple):
    """An icon of heroicons and the place of its upper left corner."""

    icon: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, the Regions that it goes to, and what it becomes in each: three columns."""

    image: str
    regions: int
    ends: tuple[str, ...]

    @property
    def box(self) -> str:
        """The drawing's view box."""
        return f"0 0 {_WIDTH} {_HEIGHT}"

    @property
    def columns(self) -> list[list[Glyph]]:
        """The glyphs of each column that has any, spread over the width."""
        icons = [[self.image], ["globe-alt"] * self.regions, list(self.ends)]
        filled = [column for column in icons if column]
        step = (_WIDTH - _GLYPH - 8) / (len(filled) - 1)
        return [
            [Glyph(icon, 4 + step * place, _y(row, len(column))) for row, icon in enumerate(column)]
            for place, column in enumerate(filled)
        ]

    @property
    def glyphs(self) -> list[Glyph]:
        """All of them."""
        return [glyph for column in self.columns for glyph in column]

    @property
    def lines(self) -> list[str]:
        """From each glyph to all of the next column, as paths."""
        columns = self.columns
        return [
            _curve(start, end)
            for column, following in pairwise(columns)
            for start in column
            for end in following
        ]


def _y(row: int, rows: int) -> float:
    return _HEIGHT / 2 + (row - (rows - 1) / 2) * _ROW - _GLYPH / 2


def _curve(start: Glyph, end: Glyph) -> str:
    x, y = start.x + _GLYPH + 4, start.y + _GLYPH / 2
    to_x, to_y = end.x - 4, end.y + _GLYPH / 2
    middle = (x + to_x) / 2
    return f"M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"


@dataclass(frozen=True, slots=True)
class Starter:
    """A beginning: what it is called and for, what to do next, its picture and its document."""

    id: str
    title: str
    sentence: str
    next: str
    picture: Picture
    document: dict[str, Any]

    @property
    def text(self) -> str:
        """The draft's text."""
        return dump_state(self.document)

    @property
    def open(self) -> int | None:
        """The Region to open first: the only one, where there is only one."""
        return 0 if len(self.document["distributions"]) == 1 else None


@cache
def load_starters() -> dict[str, Starter]:
    """All of them by their ids, in the order in which they are offered."""
    text = (Path(__file__).parent / "starters.json").read_text(encoding="utf-8")
    return {made.id: made for made in map(_starter, json.loads(text))}


def _starter(found: dict[str, Any]) -> Starter:
    drawn = found.pop("picture")
    picture = Picture(drawn["image"], drawn["regions"], tuple(drawn["ends"]))
    return Starter(**found, picture=picture)

"""Starters: templates for common documents, each with a picture of where it sends images.

Values that only the author knows, such as account IDs and ARNs, are absent: the rules ask for
them, or the hint ``next``, which is shown once when the draft opens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from distui.builder.state.draft_state import dump_state
from distui.core.caching import freeze

_WIDTH, _HEIGHT, _GLYPH = 168, 72, 16
_ROW_HEIGHT = 18


class Glyph(NamedTuple):
    """The name of a heroicon, and the coordinates of its upper left corner."""

    icon: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Three columns of icons: the image, the Regions that it goes to, the results in each."""

    image: str
    regions: int
    ends: tuple[str, ...]

    @property
    def box(self) -> str:
        """Return the view box of the SVG."""
        return f"0 0 {_WIDTH} {_HEIGHT}"

    @property
    def columns(self) -> list[list[Glyph]]:
        """Return the glyphs of each column that has any, spread over the width."""
        icons = [[self.image], ["globe-alt"] * self.regions, list(self.ends)]
        filled = [column for column in icons if column]
        step = (_WIDTH - _GLYPH - 8) / (len(filled) - 1)
        return [
            [Glyph(icon, 4 + step * place, _y(row, len(column))) for row, icon in enumerate(column)]
            for place, column in enumerate(filled)
        ]

    @property
    def glyphs(self) -> list[Glyph]:
        """Return the glyphs of all columns."""
        return [glyph for column in self.columns for glyph in column]

    @property
    def lines(self) -> list[str]:
        """Return an SVG path from each glyph to each one in the next column."""
        columns = self.columns
        return [
            _curve(start, end)
            for column, following in pairwise(columns)
            for start in column
            for end in following
        ]


def _y(row: int, rows: int) -> float:
    return _HEIGHT / 2 + (row - (rows - 1) / 2) * _ROW_HEIGHT - _GLYPH / 2


def _curve(start: Glyph, end: Glyph) -> str:
    x, y = start.x + _GLYPH + 4, start.y + _GLYPH / 2
    to_x, to_y = end.x - 4, end.y + _GLYPH / 2
    middle = (x + to_x) / 2
    return f"M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter: its title, what it is for, what to do next, its picture and its document."""

    id: str
    title: str
    sentence: str
    next: str
    picture: Picture
    document: dict[str, Any]

    @property
    def text(self) -> str:
        """Return the text of the new draft."""
        return dump_state(self.document)

    @property
    def open(self) -> int | None:
        """Return the index of the Region to open: the only one, or None if there are several."""
        return 0 if len(self.document["distributions"]) == 1 else None


@cache
def load_starters() -> Mapping[str, Starter]:
    """Return all starters by their ids, in the order of the page."""
    text = (Path(__file__).parent / "starters.json").read_text(encoding="utf-8")
    return MappingProxyType({one.id: one for one in map(_starter, json.loads(text))})


def _starter(values: dict[str, Any]) -> Starter:
    picture = values.pop("picture")
    ends = tuple(picture["ends"])
    return Starter(**freeze(values), picture=Picture(picture["image"], picture["regions"], ends))

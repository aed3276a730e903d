"""The map of the world is what its module draws, small, and without holes."""

from __future__ import annotations

import pytest

from distui.core.reference.world_map import project
from distui.web.draw_world import FILE, Land, _rings, drawing


def test_the_committed_world_is_what_is_drawn():
    text = FILE.read_text(encoding="utf-8")
    assert text == drawing()
    assert len(text) < 40_000


@pytest.mark.parametrize(
    ("place", "land"),
    [
        ((47.1, 19.3), True),  # Hungary, Serbia and Myanmar have no outline in the source
        ((44.0, 21.0), True),
        ((21.5, 96.0), True),
        ((-23.6, -46.6), True),
        ((0.0, -30.0), False),
        ((-41.0, 160.0), False),
    ],
)
def test_land_is_dots_and_the_sea_is_none(place, land):
    x, y = project(*place)
    row = f" {int(y) // 4 * 4 + 2}h"
    runs = [run.split(row) for run in runs_of(FILE.read_text(encoding="utf-8")) if row in run]
    column = int(x) // 4 * 4 + 2
    assert any(int(start) <= column <= int(start) + int(length) for start, length in runs) is land


def runs_of(text):
    """The runs of the drawing's path, each as "x yhlength"."""
    return text.split('d="M')[1].split('"')[0].split("M")


def test_the_outlines_miss_what_is_filled_by_hand():
    land = Land(list(_rings()))
    assert not land.holds(*project(47.1, 19.3))
    assert land.holds(*project(48.9, 2.4))

"""The committed world map is up to date, small and without holes."""

from __future__ import annotations

import pytest

from distui.core.reference.world_map import project
from distui.web.draw_world import FILE, Land, _rings, render_svg


def test_the_committed_map_is_up_to_date():
    text = FILE.read_text(encoding="utf-8")
    assert text == render_svg()
    assert len(text) < 40_000


@pytest.mark.parametrize(
    ("location", "is_land"),
    [
        ((47.1, 19.3), True),  # Hungary, Serbia and Myanmar have no outline in countryinfo
        ((44.0, 21.0), True),
        ((21.5, 96.0), True),
        ((-23.6, -46.6), True),
        ((0.0, -30.0), False),
        ((-41.0, 160.0), False),
    ],
)
def test_only_land_has_dots(location, is_land):
    x, y = project(*location)
    row = f" {int(y) // 4 * 4 + 2}h"
    runs = [run.split(row) for run in runs_of(FILE.read_text(encoding="utf-8")) if row in run]
    column = int(x) // 4 * 4 + 2
    assert (
        any(int(start) <= column <= int(start) + int(length) for start, length in runs) is is_land
    )


def runs_of(text):
    """Return the runs of the path, each as "x yhlength"."""
    return text.split('d="M')[1].split('"')[0].split("M")


def test_the_added_outlines_are_still_missing():
    land = Land(list(_rings()))
    assert not land.contains(*project(47.1, 19.3))
    assert land.contains(*project(48.9, 2.4))

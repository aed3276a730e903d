"""The outcome's diagram of any document."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given

from distui.builder.outcome.tree import (
    BOX_HEIGHT,
    FIRST_HEIGHT,
    LINE_HEIGHT,
    MAX_HEIGHT,
    tree_pages,
)
from distui.core.forecast import forecast
from tests.strategies import documents


def pages_of(document):
    return tree_pages(forecast(document, datetime.now(UTC)))


@given(documents())
def test_nothing_overlaps_and_every_page_fits(document):
    for page in pages_of(document):
        assert page.height <= max(
            FIRST_HEIGHT if page.number == 1 else MAX_HEIGHT, 14 * LINE_HEIGHT
        )
        tops = [box.y for box in page.boxes]
        assert all(below - above > BOX_HEIGHT for above, below in pairwise(tops))
        rows = [label.y for label in page.labels]
        assert all(below - above >= LINE_HEIGHT for above, below in pairwise(rows))
        assert max(rows) < page.height


@given(documents())
def test_the_trunk_reaches_every_region(document):
    for page in pages_of(document):
        ends = [int(y) for y in re.findall(r"M12 -?\d+V(\d+)", page.lines)]
        assert ends == [max(ends)]
        assert all(box.y <= ends[0] for box in page.boxes)

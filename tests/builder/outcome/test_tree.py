"""The tree: what it shows, what it leaves to the table, and that it stays on its sheets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given

from distui.builder.outcome.tree import BOX_HEIGHT, FIRST, LINE, TALLEST, cut, tree_pages
from distui.core.forecast import forecast
from distui.core.reference import regions
from tests.core.rules.mistakes import EVERYTHING
from tests.strategies import HOSTILE, documents

AMI = "amiDistributionConfiguration"
ACCOUNTS = [f"{number:012d}" for number in range(1536)]


def drawn(document):
    return tree_pages(forecast(document, datetime.now(UTC)))


def texts(document):
    return [leaf.text for sheet in drawn(document) for leaf in sheet.leaves]


def test_everything_is_a_tree_of_three_regions():
    (sheet,) = drawn(EVERYTHING)
    assert [(box.title, box.code) for box in sheet.boxes] == [
        ("Golden image", "the image of one build"),
        ("Europe (Ireland)", "eu-west-1"),
        ("US East (N. Virginia)", "us-east-1"),
        ("Asia Pacific (Sydney)", "ap-southeast-2"),
    ]
    kinds = [leaf.kind for leaf in sheet.leaves if leaf.kind]
    assert kinds == ["own", "copy", "image", "more", "own", "image"]
    assert "2 copies: 210987654322, 001234567012" in texts(EVERYTHING)


def test_a_long_list_of_accounts_is_cut_short():
    part = {"region": "eu-west-1", AMI: {"targetAccountIds": ACCOUNTS}}
    found = [text.replace("\u00a0", " ") for text in texts({"distributions": [part]})]
    assert found == [
        "Your own account: AMI",
        "1,536 copies: 000000000000, 000000000001, 000000000002, +1,533 more",
    ]


def test_every_region_with_every_account_stays_readable():
    codes = regions.partitions()["aws"]
    parts = [{"region": code, AMI: {"targetAccountIds": ACCOUNTS}} for code in codes]
    found = drawn({"distributions": parts})
    assert len(found) == 3
    assert [box.code for sheet in found for box in sheet.boxes][1:] == [*codes]
    assert sum(len(sheet.leaves) for sheet in found) == 2 * len(codes)


def test_a_region_without_anything_says_so():
    (sheet,) = drawn({"distributions": [{}, {"region": "nowhere-1"}]})
    assert [leaf.text for leaf in sheet.leaves] == ["Nothing yet", "Nothing yet"]
    assert [(box.title, box.code) for box in sheet.boxes[1:]] == [
        ("No Region chosen", "Region 1"),
        ("Unknown Region", "nowhere-1"),
    ]


def test_no_region_is_no_picture():
    assert drawn({"distributions": []}) == []


@given(documents())
def test_nothing_overlaps_and_no_sheet_is_too_high(document):
    for sheet in drawn(document):
        assert sheet.height <= max(FIRST if sheet.number == 1 else TALLEST, 14 * LINE)
        tops = [box.y for box in sheet.boxes]
        assert all(below - above > BOX_HEIGHT for above, below in pairwise(tops))
        rows = [leaf.y for leaf in sheet.leaves]
        assert all(below - above >= LINE for above, below in pairwise(rows))
        assert max(rows) < sheet.height


@given(documents())
def test_the_trunk_reaches_every_region(document):
    for sheet in drawn(document):
        ends = [int(y) for y in re.findall(r"M12 -?\d+V(\d+)", sheet.lines)]
        assert ends == [max(ends)]
        assert all(box.y <= ends[0] for box in sheet.boxes)


def test_text_is_cut_where_its_width_ends():
    assert cut("a" * 10, 10) == "a" * 10
    assert cut("a" * 100, 10) == "a" * 17 + "…"
    assert cut("東" * 100, 10) == "東" * 9 + "…"
    assert cut("two\n lines ", 10) == "two lines"
    assert cut("", 10) == ""


def test_hostile_names_are_cut_like_any_other():
    for text in [*HOSTILE, "x" * 10**6]:
        assert len(cut(text, 15)) <= 30

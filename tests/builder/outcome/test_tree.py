"""The diagram's layout: what it shows, what it truncates, and that it fits its pages."""

from __future__ import annotations

from datetime import UTC, datetime

from distui.builder.outcome.tree import (
    tree_pages,
    truncate,
)
from distui.core.forecast import forecast
from distui.core.reference import regions
from tests.core.rules.mistakes import EVERYTHING
from tests.strategies import HOSTILE

AMI = "amiDistributionConfiguration"
ACCOUNTS = [f"{number:012d}" for number in range(1536)]


def pages_of(document):
    return tree_pages(forecast(document, datetime.now(UTC)))


def texts(document):
    return [label.text for page in pages_of(document) for label in page.labels]


def test_a_full_document_has_three_regions():
    (page,) = pages_of(EVERYTHING)
    assert [(box.title, box.code) for box in page.boxes] == [
        ("Golden image", "one build"),
        ("Europe (Ireland)", "eu-west-1"),
        ("US East (N. Virginia)", "us-east-1"),
        ("Asia Pacific (Sydney)", "ap-southeast-2"),
    ]
    kinds = [label.kind for label in page.labels if label.kind]
    assert kinds == ["own", "copy", "image", "more", "own", "image"]
    assert "2 copies: 210987654322, 001234567012" in texts(EVERYTHING)


def test_a_long_list_of_accounts_is_truncated():
    part = {"region": "eu-west-1", AMI: {"targetAccountIds": ACCOUNTS}}
    found = [text.replace("\u00a0", " ") for text in texts({"distributions": [part]})]
    assert found == [
        "Your account: AMI",
        "1,536 copies: 000000000000, 000000000001, 000000000002, +1,533 more",
    ]


def test_many_regions_are_split_into_pages():
    codes = regions.partitions()["aws"]
    parts = [{"region": code, AMI: {"targetAccountIds": ACCOUNTS}} for code in codes]
    found = pages_of({"distributions": parts})
    assert len(found) == 3
    assert [box.code for page in found for box in page.boxes][1:] == [*codes]
    assert sum(len(page.labels) for page in found) == 2 * len(codes)


def test_an_empty_region_has_a_label():
    (page,) = pages_of({"distributions": [{}, {"region": "nowhere-1"}]})
    assert [label.text for label in page.labels] == ["Nothing yet", "Nothing yet"]
    assert [(box.title, box.code) for box in page.boxes[1:]] == [
        ("No Region selected", "Region 1"),
        ("Unknown Region", "nowhere-1"),
    ]


def test_without_regions_there_are_no_pages():
    assert pages_of({"distributions": []}) == []


def test_text_is_truncated_to_its_width():
    assert truncate("a" * 10, 10) == "a" * 10
    assert truncate("a" * 100, 10) == "a" * 17 + "…"
    assert truncate("東" * 100, 10) == "東" * 9 + "…"
    assert truncate("two\n lines ", 10) == "two lines"
    assert truncate("", 10) == ""


def test_hostile_names_are_truncated():
    for text in [*HOSTILE, "x" * 10**6]:
        assert len(truncate(text, 15)) <= 30

"""Regions and rows of a map from lines of text."""

from __future__ import annotations

import pytest

from distui.builder.changes.text_lines import add_lines, field_name
from distui.builder.state.errors import InvalidPointer
from distui.core.reference.regions import partitions
from tests.factories import document

TAGS = "/distributions/0/amiDistributionConfiguration/amiTags"


def add(state, pointer, text):
    return add_lines(state, pointer, {field_name(pointer): text}, ["zz-new-1"])


def added_codes(text):
    change = add(document(regions=("eu-west-1",)), "/distributions", text)
    return [item["region"] for item in change.state["distributions"]][1:], change.message


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("us-east-1, EU-WEST-1\nap-south-1", ["us-east-1", "ap-south-1"]),
        ("us-east-1 us-west-2", ["us-east-1", "us-west-2"]),
        ("Tokyo; Europe (Frankfurt)", ["ap-northeast-1", "eu-central-1"]),
        ("south america", ["sa-east-1"]),
        ("zz-new-1", ["zz-new-1"]),
        ("", []),
    ],
)
def test_regions_are_codes_names_cities_and_areas(text, codes):
    assert added_codes(text)[0] == codes


def test_all_enabled_by_default_leaves_opt_in_regions_out():
    codes, message = added_codes("All enabled by default")
    assert {"us-east-1", "ap-northeast-1"} <= set(codes)
    assert not {"af-south-1", "us-gov-west-1", "cn-north-1"} & set(codes)
    more = f"{', '.join(codes[:5])} and {len(codes) - 5} more"
    assert message == f"Added {len(codes)} Regions: {more}."


@pytest.mark.parametrize(
    ("present", "area", "codes"),
    [
        ("us-east-1", "Europe", {code for code in partitions()["aws"] if code.startswith("eu-")}),
        ("cn-north-1", "Asia Pacific", {"cn-northwest-1"}),
        ("us-gov-west-1", "All enabled by default", {"us-gov-east-1"}),
    ],
)
def test_areas_stay_in_the_partition_of_the_draft(present, area, codes):
    change = add(document(regions=(present,)), "/distributions", area)
    assert {item["region"] for item in change.state["distributions"]} == {present, *codes}


@pytest.mark.parametrize(
    ("text", "message", "severity"),
    [
        ("us-east-1", "Added 1 Region: us-east-1.", "info"),
        ("atlantis, us-east-1", "Added 1 Region: us-east-1. Unknown: atlantis.", "warning"),
        ("atlantis", "Added 0 Regions. Unknown: atlantis.", "warning"),
        ("us-west-1 atlantis", "Added 1 Region: us-west-1. Unknown: atlantis.", "warning"),
        (
            "New Gotham Tokyo atlantis, sa-east-1",
            "Added 2 Regions: ap-northeast-1, sa-east-1. Unknown: New Gotham, atlantis.",
            "warning",
        ),
        (
            "Sao Paulo Hong Kong us-east-2",
            "Added 3 Regions: sa-east-1, ap-east-1, us-east-2.",
            "info",
        ),
        ("eu-west-3 - (Paris)", "Added 1 Region: eu-west-3.", "info"),
    ],
)
def test_added_and_unknown_regions_are_named(text, message, severity):
    change = add(document(regions=("eu-west-1",)), "/distributions", text)
    assert (change.message, change.severity) == (message, severity)


def test_lines_become_rows_and_replace_values():
    state = document() | {"tags": {"Team": "a", "Stage": "b"}}
    text = 'Team=platform\n"Cost": "12",\nOwner\tme\nurl=a=b\n\nflag'
    change = add(state, "/tags", text)
    assert change.state["tags"] == {
        "Team": "platform",
        "Stage": "b",
        "Cost": "12",
        "Owner": "me",
        "url": "a=b",
        "flag": "",
    }
    assert change.message == "Added 5 tags. Without a value: flag."
    assert state["tags"] == {"Team": "a", "Stage": "b"}


@pytest.mark.parametrize(
    ("text", "message", "severity"),
    [
        ("Env=prod\nCost=12", "Added 2 tags.", "info"),
        ("Env prod\nCost=", "Added 2 tags. Without a value: Env prod, Cost.", "warning"),
        (
            "Env=dev\nEnv=prod",
            "Added 1 tag. Repeated, the last value is used: Env.",
            "warning",
        ),
    ],
)
def test_tags_without_a_value_and_repeated_ones_are_named(text, message, severity):
    change = add(document(), "/tags", text)
    assert (change.message, change.severity) == (message, severity)


def test_rows_are_added_inside_a_region():
    change = add(document(), TAGS, "Team=platform")
    ami = change.state["distributions"][0]["amiDistributionConfiguration"]
    assert ami["amiTags"] == {"Team": "platform"}


@pytest.mark.parametrize("pointer", ["", "/name", "/distributions/9/x", "/x/y"])
def test_other_places_are_refused(pointer):
    with pytest.raises(InvalidPointer):
        add(document(), pointer, "a=b")

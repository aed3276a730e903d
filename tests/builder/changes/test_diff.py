"""Differences between two states, in words that name Regions."""

from __future__ import annotations

import pytest

from distui.builder.changes.diff import changed_place, diff, summarize


def regions(*codes, **more):
    return {"name": "golden", "distributions": [{"region": code, **more} for code in codes]}


def differences(before, after):
    return [(found.place, found.before, found.after) for found in diff(before, after)]


def test_a_changed_value_is_named_by_its_region():
    before, after = regions("eu-west-1", "us-east-1"), regions("eu-west-1", "us-east-1")
    after["distributions"][1]["amiDistributionConfiguration"] = {"name": "x"}
    before["distributions"][1]["amiDistributionConfiguration"] = {"name": "y"}
    assert differences(before, after) == [("us-east-1 / AMI / AMI name", "y", "x")]
    assert diff(before, after)[0].pointer == ("/distributions/1/amiDistributionConfiguration/name")


def test_a_region_that_was_removed_is_one_difference():
    assert differences(regions("eu-west-1", "us-east-1"), regions("us-east-1")) == [
        ("eu-west-1", '{"region": "eu-west-1"}', "")
    ]


def test_an_unnamed_region_is_identified_by_number():
    [added] = diff({"distributions": [{}]}, {"distributions": [{}, {}]})
    assert (added.place, added.change) == ("Region 2", "added Region 2")


def test_changes_are_summarized_in_words():
    before, after = regions("eu-west-1"), regions("eu-west-1", "us-east-1", "us-west-2")
    assert summarize(diff(before, after)) == "added 2 Regions"
    assert summarize(diff(after, before)) == "removed 2 Regions"
    assert summarize(diff(before, before | {"name": "x"})) == "Name set to x"
    several = {"name": "x", "description": "d", "distributions": []}
    assert summarize(diff(before, several)) == "3 changes: Name, Description, eu-west-1"


def test_a_change_names_its_region():
    after = regions("a", amiDistributionConfiguration={"name": "x"})
    [found] = diff(regions("a", amiDistributionConfiguration={"name": "y"}), after)
    assert found.change == "AMI name set to x (a)"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ({"name": "a"}, {"name": "b"}, "/name"),
        ({}, {"description": "b"}, "/description"),
        ({"name": "a"}, {"name": "b", "description": "b"}, ""),
        (regions("a", "b"), regions("a", "c"), "/distributions/1/region"),
        (regions("a"), regions("a", "b"), "/distributions"),
        ({"tags": {"a": "1"}}, {"tags": {"a": "2"}}, "/tags/0/value"),
        ({"tags": {"a": "1"}}, {"tags": {"b": "1"}}, "/tags/0/key"),
        ({"tags": {"a": "1"}}, {"tags": [["a", "1"], ["", ""]]}, "/tags"),
        ({"name": "a"}, {"name": "a"}, ""),
    ],
)
def test_the_changed_place_is_the_smallest_part(before, after, place):
    assert changed_place(before, after) == place


def test_regions_in_another_order_are_one_difference():
    assert differences(regions("a", "b"), regions("b", "a")) == [
        ("Regions / order", "a, b", "b, a")
    ]


def test_long_lists_show_only_different_items():
    accounts = [f"{number:012d}" for number in range(1000)]
    before = regions("a", amiDistributionConfiguration={"targetAccountIds": accounts})
    after = regions("a", amiDistributionConfiguration={"targetAccountIds": accounts[1:]})
    place = "a / AMI / Copy to accounts"
    assert differences(before, after) == [(place, "000000000000", "999 in all")]


def test_repeated_and_unnamed_regions_are_distinguished():
    before = {"distributions": [{"region": "a"}, {"region": "a"}, {}]}
    after = {"distributions": [{"region": "a"}, {"region": "a", "s3ExportConfiguration": {}}, {}]}
    assert differences(before, after) == [("a (2) / VM export to S3", "", "{}")]

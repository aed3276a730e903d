"""Edits of a document's structure, by JSON Pointer."""

from __future__ import annotations

import copy

import pytest

from distui.builder.changes.edits import Edit
from distui.builder.state.draft_state import to_document
from distui.builder.state.errors import InvalidPointer

DOCUMENT = {
    "tags": {"Team": "platform", "Env": "prod"},
    "distributions": [
        {"region": "eu-west-1", "launchTemplateConfigurations": [{"accountId": "1"}, {}]},
        {"region": "eu-west-2", "amiDistributionConfiguration": {"name": "x"}},
    ],
}


def edited(text: str):
    before = copy.deepcopy(DOCUMENT)
    result = Edit.parse(text).apply(DOCUMENT)
    assert before == DOCUMENT, "the given document does not change"
    return result


def regions(document) -> list[str]:
    return [distribution.get("region", "") for distribution in document["distributions"]]


@pytest.mark.parametrize(
    ("text", "expected", "focus"),
    [
        ("add:/distributions", ["eu-west-1", "eu-west-2", ""], "/distributions/2"),
        ("remove:/distributions/0", ["eu-west-2"], "/distributions/0"),
        ("remove:/distributions/1", ["eu-west-1"], "/distributions/0"),
        ("duplicate:/distributions/0", ["eu-west-1", "eu-west-2", "eu-west-1"], "/distributions/2"),
        ("move-down:/distributions/0", ["eu-west-2", "eu-west-1"], "/distributions/1"),
        ("move-up:/distributions/1", ["eu-west-2", "eu-west-1"], "/distributions/0"),
        ("move-up:/distributions/0", ["eu-west-1", "eu-west-2"], "/distributions/0"),
    ],
)
def test_it_edits_a_list(text, expected, focus):
    document, place = edited(text)
    assert regions(document) == expected
    assert place == focus


def test_it_adds_the_first_row_of_a_map():
    document, focus = Edit.parse("add:/tags").apply({"distributions": []})
    assert document["tags"] == [("", "")]
    assert focus == "/tags/0"


def test_it_removes_a_map_row_by_number():
    document, _ = edited("remove:/tags/0")
    assert to_document(document)["tags"] == {"Env": "prod"}


def test_removing_the_last_item_focuses_the_list():
    document, focus = Edit.parse("remove:/distributions/0").apply({"distributions": [{}]})
    assert (document["distributions"], focus) == ([], "/distributions")


def test_it_includes_a_structure_with_required_structures():
    document, _ = edited("include:/distributions/0/containerDistributionConfiguration")
    assert document["distributions"][0]["containerDistributionConfiguration"] == {
        "targetRepository": {}
    }


def test_including_twice_changes_nothing():
    document, _ = edited("include:/distributions/1/amiDistributionConfiguration")
    assert document["distributions"][1]["amiDistributionConfiguration"] == {"name": "x"}


def test_it_excludes_a_structure():
    document, _ = edited("exclude:/distributions/1/amiDistributionConfiguration")
    assert "amiDistributionConfiguration" not in document["distributions"][1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "add",
        "explode:/tags",
        "add:tags",
        "add:/nothing",
        "add:/name",
        "add:/distributions/0/licenseConfigurationArns",
        "include:/tags",
        "include:/distributions",
        "include:/distributions/9/amiDistributionConfiguration",
        "remove:/distributions/2",
        "remove:/distributions/-1",
        "remove:/distributions/٠",
        "remove:/distributions/" + "9" * 5000,
        "remove:/name",
        "move-up:/tags/Team",
        "duplicate:/distributions/0/launchTemplateConfigurations/2",
        "remove:/",
    ],
)
def test_it_rejects_an_invalid_pointer(text):
    with pytest.raises(InvalidPointer):
        edited(text)

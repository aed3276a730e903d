"""Copying a Region and applying a section: nothing is lost, and keys follow where they can."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distui.builder.changes.edits import InvalidPointer
from distui.builder.copying.copy import (
    Source,
    apply_section,
    copy_region,
    key_for_region,
    region_code,
    regional_values,
)
from distui.core import check
from distui.core.reference import regions
from tests.strategies import documents

ACCOUNT = "310987654321"
SINGLE = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
REPLICATED = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab"
ALIAS = f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/images"
LICENCE = f"arn:aws:license-manager:eu-west-1:{ACCOUNT}:license-configuration:lic-1"
STATE = {
    "name": "golden",
    "distributions": [
        {"region": "us-east-1", "s3ExportConfiguration": {"s3Bucket": "exports"}},
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {"name": "x", "kmsKeyId": REPLICATED},
            "licenseConfigurationArns": [LICENCE],
            "launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}],
        },
        {"region": "us-west-2", "amiDistributionConfiguration": {"description": "own"}},
    ],
}
AMI = "/distributions/1/amiDistributionConfiguration"


def codes(state):
    return [item.get("region") for item in state["distributions"]]


def key_of(distribution):
    return distribution["amiDistributionConfiguration"]["kmsKeyId"]


def test_each_region_gets_a_card_after_the_source_in_the_order_chosen():
    made = copy_region(STATE, 1, ["us-west-1", "eu-west-2"])
    assert codes(made) == ["us-east-1", "eu-west-1", "us-west-1", "eu-west-2", "us-west-2"]
    assert key_of(made["distributions"][3]) == REPLICATED.replace("eu-west-1", "eu-west-2")


def test_regions_that_stand_already_are_skipped_and_each_is_made_once():
    state = copy.deepcopy(STATE)
    state["distributions"][0]["region"] = " US-EAST-1"
    made = copy_region(state, 1, ["us-east-1", "eu-west-1", "eu-west-2", "eu-west-2"])
    assert codes(made) == [" US-EAST-1", "eu-west-1", "eu-west-2", "us-west-2"]


@given(documents(), st.data())
def test_copying_loses_nothing_and_changes_the_region_and_its_key_alone(document, data):
    before = copy.deepcopy(document)
    items = document.setdefault("distributions", [])
    items.append({"amiDistributionConfiguration": {"kmsKeyId": REPLICATED}})
    before["distributions"] = copy.deepcopy(items)
    index = data.draw(st.integers(0, len(items) - 1))
    chosen = data.draw(st.lists(st.sampled_from([*regions.names()]), max_size=5))
    made = copy_region(document, index, chosen)
    assert document == before
    count = len(made["distributions"]) - len(items)
    new = made["distributions"][index + 1 : index + 1 + count]
    rest = made["distributions"][: index + 1] + made["distributions"][index + 1 + count :]
    assert rest == items
    there = {region_code(item) for item in items}
    assert [item["region"] for item in new] == [
        region for region in dict.fromkeys(chosen) if region not in there
    ]
    for item in new:
        assert without_bound(item) == without_bound(items[index])


def without_bound(distribution):
    """The distribution without its Region and its key."""
    rest = {name: value for name, value in distribution.items() if name != "region"}
    if ami := rest.get("amiDistributionConfiguration"):
        kept = {name: value for name, value in ami.items() if name != "kmsKeyId"}
        rest["amiDistributionConfiguration"] = kept
    return rest


def test_a_copy_shares_nothing_with_its_source():
    made = copy_region(STATE, 1, ["eu-west-2"])
    made["distributions"][2]["licenseConfigurationArns"].append("x")
    assert made["distributions"][1]["licenseConfigurationArns"] == [LICENCE]


def test_a_copy_of_a_card_without_a_region_begins_with_one():
    made = copy_region({"distributions": [{"licenseConfigurationArns": []}]}, 0, ["eu-west-2"])
    assert [*made["distributions"][1]] == ["region", "licenseConfigurationArns"]


CN_KEY = REPLICATED.replace("arn:aws:", "arn:aws-cn:").replace("eu-west-1", "cn-north-1")


@pytest.mark.parametrize(
    ("region", "key", "expected"),
    [
        ("us-east-1", REPLICATED, REPLICATED.replace("eu-west-1", "us-east-1")),
        ("us-east-1", ALIAS, ALIAS.replace("eu-west-1", "us-east-1")),
        ("cn-north-1", REPLICATED, CN_KEY),
        ("xx-new-1", REPLICATED, REPLICATED.replace("eu-west-1", "xx-new-1")),
        ("us-east-1", SINGLE, SINGLE),
        ("us-east-1", "alias/images", "alias/images"),
        ("us-east-1", REPLICATED.replace(":kms:", ":s3:"), REPLICATED.replace(":kms:", ":s3:")),
        ("us-east-1", "arn:aws:kms", "arn:aws:kms"),
        ("", REPLICATED, REPLICATED),
        ("a:b", REPLICATED, REPLICATED),
        ("us-east-1", "", ""),
    ],
)
def test_a_key_follows_where_its_arn_is_known(region, key, expected):
    assert key_for_region(region, key) == expected


def test_what_cannot_follow_is_found_where_it_stands():
    state = copy.deepcopy(STATE)
    state["distributions"][1]["amiDistributionConfiguration"]["kmsKeyId"] = SINGLE
    found = {(f.rule, f.pointer) for f in check(copy_region(state, 1, ["eu-west-2"]))}
    new = "/distributions/2"
    assert ("L019", f"{new}/amiDistributionConfiguration/kmsKeyId") in found
    assert ("L057", f"{new}/licenseConfigurationArns/0") in found
    assert ("L069", f"{new}/launchTemplateConfigurations/0/launchTemplateId") in found


def test_what_follows_is_no_finding():
    found = {f.rule for f in check(copy_region(STATE, 1, ["eu-west-2"]))}
    assert "L019" not in found


def test_a_section_takes_the_place_of_that_of_others():
    made = apply_section(STATE, AMI, [0, 2])
    first, source, last = made["distributions"]
    assert source == STATE["distributions"][1]
    assert [*first] == ["region", "amiDistributionConfiguration", "s3ExportConfiguration"]
    assert first["s3ExportConfiguration"] == {"s3Bucket": "exports"}
    assert key_of(first) == REPLICATED.replace("eu-west-1", "us-east-1")
    assert "description" not in last["amiDistributionConfiguration"]


def test_applying_to_the_source_itself_changes_nothing():
    assert apply_section(STATE, AMI, [1]) == STATE


def test_applying_changes_nothing_that_was_given():
    before = copy.deepcopy(STATE)
    apply_section(STATE, AMI, [0, 2])["distributions"][0]["amiDistributionConfiguration"][
        "name"
    ] = "y"
    assert before == STATE


@pytest.mark.parametrize("indexes", [[3], [-1], [0, 99]])
def test_it_applies_to_no_card_that_is_not_there(indexes):
    with pytest.raises(InvalidPointer):
        apply_section(STATE, AMI, indexes)


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "/",
        "x",
        "/name",
        "/tags/0",
        "/distributions",
        "/distributions/",
        "/distributions/3",
        "/distributions/-1",
        "/distributions/٣",
        f"/distributions/{'9' * 5000}",
        "/distributions/1/",
        "/distributions/1/region",
        "/distributions/1/containerDistributionConfiguration",
        f"{AMI}/name",
        "/distributions/1/__class__",
    ],
)
def test_a_place_that_is_not_there_is_no_source(pointer):
    with pytest.raises(InvalidPointer):
        Source.at(STATE, pointer)
    with pytest.raises(InvalidPointer):
        Source.at({}, pointer)


@pytest.mark.parametrize(
    ("part", "names"),
    [
        ({"amiDistributionConfiguration": {"kmsKeyId": SINGLE}}, ["KMS key 1234abcd-"]),
        ({"licenseConfigurationArns": [LICENCE]}, ["Licence configuration lic-1"]),
        ({"licenseConfigurationArns": [LICENCE, "x"]}, ["2 licence configurations"]),
        ({"s3ExportConfiguration": {"s3Bucket": "exports"}}, ["Bucket exports"]),
        (
            {
                "launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}, {}],
                "fastLaunchConfigurations": [{"launchTemplate": {"launchTemplateId": "lt-1"}}],
            },
            ["Launch template lt-1"],
        ),
        ({"amiDistributionConfiguration": {"name": "x"}, "ssmParameterConfigurations": [{}]}, []),
    ],
)
def test_what_stays_behind_is_named(part, names):
    found = regional_values(part)
    assert len(found) == len(names)
    assert all(value.name.startswith(name) for value, name in zip(found, names, strict=True))
    assert not any(value.follows for value in found)


@pytest.mark.parametrize(
    ("key", "name"), [(ALIAS, "KMS alias images"), (REPLICATED, "Multi-Region KMS key mrk-")]
)
def test_what_follows_is_named(key, name):
    (found,) = regional_values({"amiDistributionConfiguration": {"kmsKeyId": key}})
    assert found.name.startswith(name)
    assert found.follows

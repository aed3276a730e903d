"""Copy a Region and apply a section: nothing is lost, and KMS keys are adjusted."""

from __future__ import annotations

import copy

import pytest

from distui.builder.copying.copy import add_regions, apply_value, copy_region
from distui.builder.copying.source import Source, key_for_region
from distui.builder.state.errors import InvalidPointer
from distui.core import check

ACCOUNT = "310987654321"
SINGLE = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
REPLICATED = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab"
ALIAS = f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/images"
LICENSE = f"arn:aws:license-manager:eu-west-1:{ACCOUNT}:license-configuration:lic-1"
STATE = {
    "name": "golden",
    "distributions": [
        {"region": "us-east-1", "s3ExportConfiguration": {"s3Bucket": "exports"}},
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {"name": "x", "kmsKeyId": REPLICATED},
            "licenseConfigurationArns": [LICENSE],
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


def test_copies_come_after_the_source_in_order():
    made = copy_region(STATE, 1, ["us-west-1", "eu-west-2"])
    assert codes(made) == ["us-east-1", "eu-west-1", "us-west-1", "eu-west-2", "us-west-2"]
    assert key_of(made["distributions"][3]) == REPLICATED.replace("eu-west-1", "eu-west-2")


def test_existing_and_repeated_regions_are_skipped():
    state = copy.deepcopy(STATE)
    state["distributions"][0]["region"] = " US-EAST-1"
    made = copy_region(state, 1, ["us-east-1", "eu-west-1", "eu-west-2", "eu-west-2"])
    assert codes(made) == [" US-EAST-1", "eu-west-1", "eu-west-2", "us-west-2"]


def test_a_copy_shares_nothing_with_its_source():
    made = copy_region(STATE, 1, ["eu-west-2"])
    made["distributions"][2]["licenseConfigurationArns"].append("x")
    assert made["distributions"][1]["licenseConfigurationArns"] == [LICENSE]


def test_a_copy_without_a_source_region_gets_one():
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
def test_a_key_with_a_known_arn_is_adjusted(region, key, expected):
    assert key_for_region(region, key) == expected


def test_unadjusted_values_are_findings_of_the_copy():
    state = copy.deepcopy(STATE)
    state["distributions"][1]["amiDistributionConfiguration"]["kmsKeyId"] = SINGLE
    found = {(f.rule, f.pointer) for f in check(copy_region(state, 1, ["eu-west-2"]))}
    new = "/distributions/2"
    assert ("L019", f"{new}/amiDistributionConfiguration/kmsKeyId") in found
    assert ("L057", f"{new}/licenseConfigurationArns/0") in found
    assert ("L069", f"{new}/launchTemplateConfigurations/0/launchTemplateId") in found


def test_an_adjusted_key_has_no_finding():
    found = {f.rule for f in check(copy_region(STATE, 1, ["eu-west-2"]))}
    assert "L019" not in found


def test_a_section_replaces_that_of_others():
    made = apply_value(STATE, AMI, [0, 2])
    first, source, last = made["distributions"]
    assert source == STATE["distributions"][1]
    assert [*first] == ["region", "amiDistributionConfiguration", "s3ExportConfiguration"]
    assert first["s3ExportConfiguration"] == {"s3Bucket": "exports"}
    assert key_of(first) == REPLICATED.replace("eu-west-1", "us-east-1")
    assert "description" not in last["amiDistributionConfiguration"]


def test_a_value_is_set_and_the_rest_stays():
    made = apply_value(STATE, f"{AMI}/name", [0, 2])
    first, _, last = made["distributions"]
    assert [*first] == ["region", "amiDistributionConfiguration", "s3ExportConfiguration"]
    assert first["amiDistributionConfiguration"] == {"name": "x"}
    assert last["amiDistributionConfiguration"] == {"name": "x", "description": "own"}
    keys = apply_value(STATE, f"{AMI}/kmsKeyId", [0])
    assert key_of(keys["distributions"][0]) == REPLICATED.replace("eu-west-1", "us-east-1")


def test_an_empty_value_is_removed():
    made = apply_value(STATE, "/distributions/2/amiDistributionConfiguration/kmsKeyId", [1])
    assert made["distributions"][1]["amiDistributionConfiguration"] == {"name": "x"}


def test_a_value_in_a_row_needs_that_row():
    state = copy.deepcopy(STATE)
    place = "/distributions/1/launchTemplateConfigurations/0/launchTemplateId"
    state["distributions"][2]["launchTemplateConfigurations"] = [{"accountId": ACCOUNT}]
    rows = apply_value(state, place, [2])["distributions"][2]["launchTemplateConfigurations"]
    assert rows == [{"launchTemplateId": "lt-1", "accountId": ACCOUNT}]
    with pytest.raises(InvalidPointer):
        apply_value(state, place, [0])


def test_added_regions_come_last_and_once():
    made = add_regions(STATE, ["sa-east-1", "us-east-1", "sa-east-1"])
    assert made["distributions"][3:] == [{"region": "sa-east-1"}]
    assert add_regions({}, ["sa-east-1"]) == {"distributions": [{"region": "sa-east-1"}]}


def test_applying_to_the_source_changes_nothing():
    assert apply_value(STATE, AMI, [1]) == STATE


def test_applying_does_not_change_the_given_state():
    before = copy.deepcopy(STATE)
    apply_value(STATE, AMI, [0, 2])["distributions"][0]["amiDistributionConfiguration"]["name"] = (
        "y"
    )
    assert before == STATE


@pytest.mark.parametrize("indexes", [[3], [-1], [0, 99]])
def test_applying_to_an_unknown_index_is_rejected(indexes):
    with pytest.raises(InvalidPointer):
        apply_value(STATE, AMI, indexes)


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
        f"{AMI}/name/0",
        f"{AMI}/launchPermission",
        f"{AMI}/launchPermission/userIds",
        "/distributions/1/launchTemplateConfigurations/0",
        "/distributions/1/launchTemplateConfigurations/1/accountId",
        "/distributions/0/amiDistributionConfiguration/name",
        "/distributions/1/__class__",
    ],
)
def test_an_invalid_pointer_is_rejected(pointer):
    with pytest.raises(InvalidPointer):
        Source.at(STATE, pointer)
    with pytest.raises(InvalidPointer):
        Source.at({}, pointer)

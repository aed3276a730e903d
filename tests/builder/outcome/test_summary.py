"""The sentence about what a build produces."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from distui.builder.outcome.summary import sentence, sharing_label
from distui.core.forecast import LaunchPermission, forecast

AMI, CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"
COPIED = {AMI: {"targetAccountIds": ["000000000001", "000000000002"]}}
PUBLIC = {AMI: {"launchPermission": {"userGroups": ["all"]}}}
TEMPLATES = {"launchTemplateConfigurations": [{}, {"setDefaultVersion": False}]}


def sentence_for(*parts):
    regions = [{"region": f"region-{number}"} | part for number, part in enumerate(parts)]
    return sentence(forecast({"distributions": regions}, datetime.now(UTC)).totals)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], "Nothing is distributed yet. Add AMI or container settings to a Region."),
        ([{}], "Nothing is distributed yet. Add AMI or container settings to a Region."),
        ([{AMI: {}}], "Each build creates 1 AMI in 1 Region."),
        (
            [COPIED, COPIED],
            "Each build creates 6 AMIs (4 are copies in 2 other accounts) in 2 Regions.",
        ),
        (
            [{AMI: {"targetAccountIds": ["000000000001"]}}],
            "Each build creates 2 AMIs (1 is a copy in 1 other account) in 1 Region.",
        ),
        ([{CONTAINER: {}}] * 2, "Each build creates 2 container images in 2 Regions."),
        (
            [{AMI: {}}, {CONTAINER: {}}],
            "Each build creates either 1 AMI or 1 container image in 2 Regions.",
        ),
        (
            [TEMPLATES | {"ssmParameterConfigurations": [{}]}],
            "Each build creates 1 AMI in 1 Region, 2 launch template versions"
            " (1 set as default) and 1 SSM parameter.",
        ),
        (
            [
                {
                    "licenseConfigurationArns": ["a", "b"],
                    "fastLaunchConfigurations": [{"enabled": True}, {"enabled": False}],
                    "s3ExportConfiguration": {},
                }
            ],
            "Each build creates 1 AMI in 1 Region, EC2 Fast Launch for 1 AMI,"
            " 2 license configurations and 1 VM export.",
        ),
        (
            [{"launchTemplateConfigurations": [{}]}],
            "Each build creates 1 AMI in 1 Region and 1 launch template version (set as default).",
        ),
        (
            [{"launchTemplateConfigurations": [{}, {}]}],
            "Each build creates 1 AMI in 1 Region and 2 launch template versions"
            " (both set as default).",
        ),
        (
            [{"launchTemplateConfigurations": [{}, {}, {}]}],
            "Each build creates 1 AMI in 1 Region and 3 launch template versions"
            " (all set as default).",
        ),
        ([PUBLIC], "Each build creates 1 AMI in 1 Region. 1 AMI is public."),
        ([PUBLIC] * 2, "Each build creates 2 AMIs in 2 Regions. 2 AMIs are public."),
    ],
)
def test_the_sentence_counts_everything(parts, expected):
    assert sentence_for(*parts) == expected


def test_large_numbers_have_separators():
    accounts = [f"{number:012d}" for number in range(1536)]
    assert "1,537 AMIs (1,536 are copies" in sentence_for({AMI: {"targetAccountIds": accounts}})


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        (LaunchPermission(), ""),
        (LaunchPermission(accounts=("1",), public=True), "public"),
        (LaunchPermission(accounts=("1", "2")), "shared with 2 accounts"),
        (
            LaunchPermission(("1",), ("o",), ("u", "v")),
            "shared with 1 account, 1 organization and 2 organizational units",
        ),
    ],
)
def test_the_sharing_label_counts_by_type(permission, expected):
    assert sharing_label(permission) == expected

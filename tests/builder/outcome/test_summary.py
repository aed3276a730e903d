"""The outcome in one sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from distui.builder.outcome.summary import sentence, sharing_label
from distui.core.forecast import LaunchPermission, forecast

AMI, CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"
COPIED = {AMI: {"targetAccountIds": ["000000000001", "000000000002"]}}
PUBLIC = {AMI: {"launchPermission": {"userGroups": ["all"]}}}
TEMPLATES = {"launchTemplateConfigurations": [{}, {"setDefaultVersion": False}]}


def said(*parts):
    regions = [{"region": f"region-{number}"} | part for number, part in enumerate(parts)]
    return sentence(forecast({"distributions": regions}, datetime.now(UTC)).totals)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], "Nothing will exist yet: no Region has an output."),
        ([{}], "Nothing will exist yet: no Region has an output."),
        ([{AMI: {}}], "A build makes 1 AMI in 1 Region."),
        (
            [COPIED, COPIED],
            "A build makes 6 AMIs (4 of them copies in 2 other accounts) in 2 Regions.",
        ),
        (
            [{AMI: {"targetAccountIds": ["000000000001"]}}],
            "A build makes 2 AMIs (1 of them a copy in 1 other account) in 1 Region.",
        ),
        ([{CONTAINER: {}}] * 2, "A build makes 2 container images in 2 Regions."),
        (
            [{AMI: {}}, {CONTAINER: {}}],
            "A build makes either 1 AMI or 1 container image, in 2 Regions.",
        ),
        (
            [TEMPLATES | {"ssmParameterConfigurations": [{}]}],
            "A build makes 1 AMI in 1 Region. Along with the AMIs: 2 launch template versions"
            " (1 becomes the default) and 1 SSM parameter.",
        ),
        (
            [
                {
                    "licenseConfigurationArns": ["a", "b"],
                    "fastLaunchConfigurations": [{"enabled": True}, {"enabled": False}],
                    "s3ExportConfiguration": {},
                }
            ],
            "A build makes 1 AMI in 1 Region. Along with the AMIs: fast launch of 1 AMI,"
            " 2 licenses and 1 VM export.",
        ),
        ([PUBLIC], "A build makes 1 AMI in 1 Region. 1 AMI is public."),
        ([PUBLIC] * 2, "A build makes 2 AMIs in 2 Regions. 2 AMIs are public."),
    ],
)
def test_it_says_all_of_it(parts, expected):
    assert said(*parts) == expected


def test_large_numbers_are_grouped():
    accounts = [f"{number:012d}" for number in range(1536)]
    assert "1,537 AMIs (1,536 of them" in said({AMI: {"targetAccountIds": accounts}})


@pytest.mark.parametrize(
    ("launchers", "expected"),
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
def test_sharing_in_a_few_words(launchers, expected):
    assert sharing_label(launchers) == expected

"""Forecasts of the resources that exist after a build."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from distui.core.forecast import (
    Ami,
    ContainerImage,
    Export,
    FastLaunch,
    LaunchPermission,
    License,
    Parameter,
    TemplateVersion,
    forecast,
)
from tests.core.rules.mistakes import EVERYTHING

MOMENT = datetime(2022, 10, 26, 22, 30, 5, 912619, tzinfo=UTC)
DATE = "2022-10-26T22-30-05.912619Z"
AMI, CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"
FILES = sorted((Path(__file__).parents[1] / "documents").glob("*/*.json"))


def region_of(part):
    """Return the forecast of a document with this distribution."""
    return forecast({"distributions": [part]}, MOMENT).regions[0]


def with_ami(**settings):
    """Return the forecast of a Region with these AMI settings."""
    return region_of({"region": "eu-west-1", AMI: settings})


def at_home(*parts):
    """Return the forecast for a target in eu-west-1."""
    place = {"own_account": "210987654321", "home_region": "eu-west-1"}
    return forecast({"distributions": [*parts]}, MOMENT, **place)


def test_our_own_account_gets_no_copy():
    accounts = ["210987654321", "310987654321"]
    rows = [{"launchTemplateId": "lt-1", "accountId": "210987654321"}]
    part = {"region": "eu-west-1", AMI: {"targetAccountIds": accounts}}
    found = at_home(part | {"launchTemplateConfigurations": rows})
    assert found.regions[0].copies == ("310987654321",)
    assert found.regions[0].templates[0].account == ""
    assert (found.totals.amis, found.totals.accounts) == (2, 2)


def test_the_build_region_has_its_own_ami():
    found = at_home({"region": "us-east-1", AMI: {}})
    assert [(part.index, part.region) for part in found.regions] == [
        (0, "us-east-1"),
        (None, "eu-west-1"),
    ]
    assert found.regions[1].ami == Ami("", "", "", LaunchPermission())
    assert (found.totals.amis, found.totals.regions) == (2, 2)
    assert [part.is_build_region for part in found.regions] == [False, True]


@pytest.mark.parametrize(
    "part", [{"region": "eu-west-1", AMI: {}}, {"region": "us-east-1", CONTAINER: {}}]
)
def test_no_build_region_is_added(part):
    assert len(at_home(part).regions) == 1


def test_it_forecasts_every_kind_of_resource():
    first, second, third = forecast(EVERYTHING, MOMENT).regions
    ours, theirs, others = first.amis
    organization = "arn:aws:organizations::210987654321:organization/o-abcde12345"
    unit = "arn:aws:organizations::210987654321:ou/o-abcde12345/ou-ab12-cdef3456"
    key = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    permission = LaunchPermission(("310987654321",), (organization,), (unit,))
    name = f"golden {DATE}"
    assert ours == Ami("", name, key, permission)
    assert theirs == Ami("210987654322", name, key, LaunchPermission())
    assert others == Ami("001234567012", name, key, LaunchPermission())
    assert first.image == ContainerImage("platform/golden", ("1.2.3", "stable"))
    assert first.image.names == ("platform/golden:1.2.3", "platform/golden:stable")
    assert first.templates == (
        TemplateVersion("lt-0a1b2c3d4e5f67890", "210987654322", True, True),
        TemplateVersion("lt-0a1b2c3d4e5f67891", "", False, True),
    )
    assert first.parameters == (
        Parameter("/imagebuilder/golden", "210987654322", "aws:ec2:image"),
        Parameter("/imagebuilder/golden-text", "", "text"),
    )
    assert first.fast_launch == (
        FastLaunch("210987654322", True, 10, 6, "lt-0a1b2c3d4e5f67890", "1"),
        FastLaunch("", True, None, None, "fast", "$Latest"),
    )
    license_arn = (
        "arn:aws:license-manager:eu-west-1:210987654321:license-configuration:"
        "lic-0123456789abcdef0123456789abcdef"
    )
    assert first.licenses == (License(license_arn),)
    assert first.licenses[0].account == "210987654321"
    assert first.export == Export("golden-images", "exports/golden", "VMDK", "vmimport")
    assert list(second.amis) == [Ami("", f"golden-{DATE}", "", LaunchPermission())]
    assert (third.ami, third.image) == (None, ContainerImage("golden", ()))


def test_totals_count_every_kind_of_resource():
    totals = forecast(EVERYTHING, MOMENT).totals
    assert (totals.amis, totals.copies, totals.images) == (4, 2, 2)
    assert (totals.regions, totals.accounts) == (3, 3)
    assert (totals.templates, totals.defaults, totals.parameters) == (2, 1, 2)
    assert (totals.fast_launch, totals.licenses, totals.exports, totals.public) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        ({}, LaunchPermission()),
        ({"userGroups": ["all"]}, LaunchPermission(public=True)),
        ({"userGroups": ["some"]}, LaunchPermission()),
        ({"userIds": ["1", "1", "", "2"]}, LaunchPermission(accounts=("1", "2"))),
        ({"organizationArns": ["o"]}, LaunchPermission(organizations=("o",))),
        ({"organizationalUnitArns": ["u"]}, LaunchPermission(units=("u",))),
    ],
)
def test_it_reads_launch_permissions(permission, expected):
    found = with_ami(launchPermission=permission).ami.launch_permission
    assert found == expected
    assert found.private == (expected == LaunchPermission())


def test_a_repeated_account_gets_one_copy():
    found = with_ami(targetAccountIds=["000000000001", "", "000000000002", "000000000001"])
    assert found.copies == ("000000000001", "000000000002")
    assert [ami.owner for ami in found.amis] == ["", "000000000001", "000000000002"]


def test_an_ami_may_have_no_name():
    assert with_ami(kmsKeyId="k").ami == Ami("", "", "k", LaunchPermission())


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({}, (True, False)),
        ({"setDefaultVersion": True}, (True, True)),
        ({"setDefaultVersion": False}, (False, True)),
        ({"setDefaultVersion": "maybe"}, (True, False)),
    ],
)
def test_a_new_version_becomes_the_default_if_not_set(setting, expected):
    (row,) = region_of({"launchTemplateConfigurations": [setting]}).templates
    assert (row.becomes_default, row.explicit) == expected


@pytest.mark.parametrize(
    ("part", "ami", "image", "unused"),
    [
        ({}, False, False, ()),
        ({"region": "eu-west-1"}, False, False, ()),
        ({AMI: {}}, True, False, ()),
        ({CONTAINER: {}}, False, True, ()),
        ({AMI: {}, CONTAINER: {}}, True, True, ()),
        ({"s3ExportConfiguration": {}}, True, False, ()),
        ({"licenseConfigurationArns": ["x"]}, True, False, ()),
        ({"licenseConfigurationArns": []}, False, False, ()),
        ({CONTAINER: {}, "s3ExportConfiguration": {}}, False, True, ("s3ExportConfiguration",)),
    ],
)
def test_it_decides_what_a_region_receives(part, ami, image, unused):
    found = region_of(part)
    assert (found.ami is not None, found.image is not None, found.unused) == (ami, image, unused)
    assert found.empty == (not ami and not image)
    if unused:
        assert found.export is None


def test_disabled_fast_launch_is_not_counted():
    rows = [{"enabled": False}, {}, {"enabled": True}, {"enabled": "yes"}]
    found = forecast({"distributions": [{"fastLaunchConfigurations": rows}]}, MOMENT)
    assert [row.enabled for row in found.regions[0].fast_launch] == [False, None, True, None]
    assert found.totals.fast_launch == 1


def test_a_repeated_region_is_counted_once():
    part = {"region": "eu-west-1", AMI: {"targetAccountIds": ["1"]}}
    totals = forecast({"distributions": [part, part, {"region": "eu-west-2"}]}, MOMENT).totals
    assert (totals.regions, totals.amis, totals.accounts) == (1, 4, 2)


def test_it_counts_public_amis():
    part = {AMI: {"launchPermission": {"userGroups": ["all"]}, "targetAccountIds": ["1"]}}
    assert forecast({"distributions": [part, {AMI: {}}]}, MOMENT).totals.public == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_totals_agree_with_the_regions(path):
    found = forecast(json.loads(path.read_text()), MOMENT)
    assert found.totals.amis == sum(len(list(part.amis)) for part in found.regions)

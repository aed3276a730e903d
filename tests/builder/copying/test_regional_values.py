"""The Region-specific values of a copy: which are adjusted, and which are not."""

from __future__ import annotations

import pytest

from distui.builder.copying.regional_values import regional_values
from tests.builder.copying.test_copy import ALIAS, LICENSE, REPLICATED, SINGLE


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ({"amiDistributionConfiguration": {"kmsKeyId": SINGLE}}, ["KMS key 1234abcd-"]),
        ({"licenseConfigurationArns": [LICENSE]}, ["License configuration lic-1"]),
        ({"licenseConfigurationArns": [LICENSE, "x"]}, ["2 license configurations"]),
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
def test_unadjusted_values_are_named(content, names):
    found = regional_values(content)
    assert len(found) == len(names)
    assert all(value.name.startswith(name) for value, name in zip(found, names, strict=True))
    assert not any(value.is_adjusted for value in found)


@pytest.mark.parametrize(
    ("key", "name"), [(ALIAS, "KMS alias images"), (REPLICATED, "Multi-Region KMS key mrk-")]
)
def test_adjusted_keys_are_named(key, name):
    (found,) = regional_values({"amiDistributionConfiguration": {"kmsKeyId": key}})
    assert found.name.startswith(name)
    assert found.is_adjusted

"""Rules for distributions beyond the shapes of the service model."""

from __future__ import annotations

from typing import Any

import pytest

from distui.sandbox.sample_data import ACCOUNT
from tests.sandbox.calls import create, rejected_call

OTHER = "072964183051"
NAME = "base-{{ imagebuilder:buildDate }}"


def region(name: str = "eu-west-1", **outputs: Any) -> dict[str, Any]:
    return {"region": name} | outputs


def ami(**members: Any) -> dict[str, Any]:
    return {"amiDistributionConfiguration": members}


def parameters_for(*accounts: str) -> dict[str, Any]:
    parameters = [{"parameterName": f"/imagebuilder/{n}", "amiAccountId": n} for n in accounts]
    return {"ssmParameterConfigurations": parameters}


INVALID = [
    ([], "'distributions' is not valid. At least one"),
    (
        [region()],
        "'distributions[0]' is not valid. One or more outputs should be provided for each region",
    ),
    ([region(**ami(name=NAME)), region()], "'distributions[1].region'"),
    ([region("us-east-1", **ami()), region()], "'distributions[1]' is not valid. One or more"),
    ([region(**ami(name="base"))], "'distributions[0].amiDistributionConfiguration.name'"),
    (
        [region(**ami(name="base {{imagebuilder:buildVersion}}"))],
        "'distributions[0].amiDistributionConfiguration.name'",
    ),
    (
        [region(**ami(launchPermission={"userGroups": ["all", "some"]}))],
        "'distributions[0].amiDistributionConfiguration.launchPermission.userGroups[1]'",
    ),
    (
        [region(**parameters_for(ACCOUNT, OTHER))],
        "'distributions[0].ssmParameterConfigurations[1].amiAccountId'",
    ),
]


@pytest.mark.parametrize(("distributions", "expected"), INVALID)
def test_invalid_distributions_are_rejected_at_their_member(
    imagebuilder, document, distributions, expected
):
    document["distributions"] = distributions
    code, status, message = rejected_call(
        imagebuilder.create_distribution_configuration, **document
    )
    assert (code, status) == ("InvalidParameterValueException", 400)
    assert expected in message


@pytest.mark.parametrize(
    "distribution",
    [
        region(**ami(name="{{imagebuilder:buildDate}}")),
        region(**ami()),
        region(**ami(targetAccountIds=[OTHER]), **parameters_for(ACCOUNT, OTHER)),
        region(**ami(launchPermission={"userGroups": ["all"]})),
        region(licenseConfigurationArns=[
            f"arn:aws:license-manager:eu-west-1:{ACCOUNT}:license-configuration:lic-" + "0" * 32
        ]),
    ],
)  # fmt: skip
def test_valid_distributions_are_accepted(imagebuilder, document, distribution):
    document["distributions"] = [distribution]
    assert create(imagebuilder, document)


def test_a_fast_launch_template_cannot_have_id_and_name(imagebuilder, document):
    template = {"launchTemplateId": "lt-0123456789abcdef0", "launchTemplateName": "desktop"}
    fast = {"fastLaunchConfigurations": [{"enabled": True, "launchTemplate": template}]}
    document["distributions"] = [region(**fast)]
    code, status, message = rejected_call(
        imagebuilder.create_distribution_configuration, **document
    )
    assert (code, status) == ("InvalidParameterCombinationException", 400)
    assert "distributions[0].fastLaunchConfigurations[0].launchTemplate" in message


def test_an_update_is_checked_in_the_same_way(imagebuilder, document):
    arn = create(imagebuilder, document)
    code, _, message = rejected_call(
        imagebuilder.update_distribution_configuration,
        distributionConfigurationArn=arn,
        clientToken="x",
        distributions=[region()],
    )
    assert code == "InvalidParameterValueException"
    assert "'distributions[0]'" in message

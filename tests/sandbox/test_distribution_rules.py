"""What Image Builder asks of distributions beyond the shapes of its model."""

from __future__ import annotations

from typing import Any

import pytest

from distui.sandbox.company import ACCOUNT
from tests.sandbox.calls import created, refused

OTHER = "072964183051"
NAME = "base-{{ imagebuilder:buildDate }}"


def region(name: str = "eu-west-1", **outputs: Any) -> dict[str, Any]:
    return {"region": name} | outputs


def ami(**members: Any) -> dict[str, Any]:
    return {"amiDistributionConfiguration": members}


def parameters_for(*accounts: str) -> dict[str, Any]:
    named = [{"parameterName": f"/imagebuilder/{n}", "amiAccountId": n} for n in accounts]
    return {"ssmParameterConfigurations": named}


REFUSED = [
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


@pytest.mark.parametrize(("distributions", "message"), REFUSED)
def test_bad_distributions_are_refused_at_their_member(
    imagebuilder, document, distributions, message
):
    document["distributions"] = distributions
    code, status, said = refused(imagebuilder.create_distribution_configuration, **document)
    assert (code, status) == ("InvalidParameterValueException", 400)
    assert message in said


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
def test_good_distributions_are_accepted(imagebuilder, document, distribution):
    document["distributions"] = [distribution]
    assert created(imagebuilder, document)


def test_a_fast_launch_template_has_an_id_or_a_name(imagebuilder, document):
    template = {"launchTemplateId": "lt-0123456789abcdef0", "launchTemplateName": "desktop"}
    fast = {"fastLaunchConfigurations": [{"enabled": True, "launchTemplate": template}]}
    document["distributions"] = [region(**fast)]
    code, status, message = refused(imagebuilder.create_distribution_configuration, **document)
    assert (code, status) == ("InvalidParameterCombinationException", 400)
    assert "distributions[0].fastLaunchConfigurations[0].launchTemplate" in message


def test_an_update_is_held_to_the_same(imagebuilder, document):
    arn = created(imagebuilder, document)
    code, _, message = refused(
        imagebuilder.update_distribution_configuration,
        distributionConfigurationArn=arn,
        clientToken="x",
        distributions=[region()],
    )
    assert code == "InvalidParameterValueException"
    assert "'distributions[0]'" in message

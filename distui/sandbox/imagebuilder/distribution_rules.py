"""Rules for distributions that Image Builder documents in prose, not in its service model.

Sources: the documentation strings of the service model; the messages are quoted in
hashicorp/terraform-provider-aws, issues 17390 and 36610.
"""

from __future__ import annotations

import re
from typing import Any

from distui.sandbox.protocol.errors import ServiceError, invalid_value

Distribution = dict[str, Any]

_BUILD_DATE = re.compile(r"\{\{ *imagebuilder:buildDate *\}\}")


def check_distributions(distributions: list[Distribution], account: str) -> None:
    """Raise ServiceError for the first invalid distribution.

    The list must already be valid by its shape; ``account`` is the caller's account ID.
    """
    if not distributions:
        raise invalid_value("distributions", "At least one distribution is required.")
    regions: set[str] = set()
    for index, distribution in enumerate(distributions):
        path = f"distributions[{index}]"
        if distribution["region"] in regions:
            raise invalid_value(f"{path}.region", "A Region can appear at most once in the list.")
        regions.add(distribution["region"])
        _check_output(distribution, path)
        _check_ami(distribution.get("amiDistributionConfiguration", {}), path)
        _check_parameter_accounts(distribution, path, account)
        _check_fast_launch(distribution.get("fastLaunchConfigurations", []), path)


def _check_output(distribution: Distribution, path: str) -> None:
    if distribution.keys() == {"region"}:
        raise invalid_value(
            path,
            "One or more outputs should be provided for each region in a distribution "
            "configuration.",
        )


def _check_ami(ami: dict[str, Any], path: str) -> None:
    path = f"{path}.amiDistributionConfiguration"
    if "name" in ami and not _BUILD_DATE.search(ami["name"]):
        raise invalid_value(
            f"{path}.name",
            "The EC2 AMI name must contain '{{ imagebuilder:buildDate }}' to ensure that the name "
            "will be unique.",
        )
    for index, group in enumerate(ami.get("launchPermission", {}).get("userGroups", [])):
        if group != "all":
            raise invalid_value(
                f"{path}.launchPermission.userGroups[{index}]", "The only supported value is 'all'."
            )


def _check_parameter_accounts(distribution: Distribution, path: str, account: str) -> None:
    ami = distribution.get("amiDistributionConfiguration", {})
    targets = {account, *ami.get("targetAccountIds", [])}
    for index, parameter in enumerate(distribution.get("ssmParameterConfigurations", [])):
        if parameter.get("amiAccountId", account) not in targets:
            raise invalid_value(
                f"{path}.ssmParameterConfigurations[{index}].amiAccountId",
                "The account must be a target account of its Region.",
            )


def _check_fast_launch(configurations: list[dict[str, Any]], path: str) -> None:
    for index, configuration in enumerate(configurations):
        template = configuration.get("launchTemplate", {})
        if "launchTemplateId" in template and "launchTemplateName" in template:
            raise ServiceError(
                "InvalidParameterCombinationException",
                f"'{path}.fastLaunchConfigurations[{index}].launchTemplate' has both "
                "'launchTemplateId' and 'launchTemplateName'. Give one of them.",
            )

"""The calls that most tests of the sandbox make, through a boto3 client."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def refused(operation: Any, **parameters: Any) -> tuple[str, int, str]:
    """The error code, HTTP status and message with which an operation is refused."""
    with pytest.raises(ClientError) as caught:
        operation(**parameters)
    response = caught.value.response
    status = response["ResponseMetadata"]["HTTPStatusCode"]
    return response["Error"]["Code"], status, response["Error"]["Message"]


def created(imagebuilder: Any, document: dict[str, Any]) -> str:
    """Creates a configuration and returns its ARN."""
    return imagebuilder.create_distribution_configuration(**document)[
        "distributionConfigurationArn"
    ]


def got(imagebuilder: Any, arn: str) -> dict[str, Any]:
    """The configuration with this ARN, as Get answers it."""
    return imagebuilder.get_distribution_configuration(distributionConfigurationArn=arn)[
        "distributionConfiguration"
    ]

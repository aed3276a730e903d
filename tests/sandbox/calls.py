"""API calls that most tests of the sandbox make."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def rejected_call(operation: Any, **parameters: Any) -> tuple[str, int, str]:
    """Call an operation that must fail; return its error code, HTTP status and message."""
    with pytest.raises(ClientError) as caught:
        operation(**parameters)
    response = caught.value.response
    status = response["ResponseMetadata"]["HTTPStatusCode"]
    return response["Error"]["Code"], status, response["Error"]["Message"]


def create(imagebuilder: Any, document: dict[str, Any]) -> str:
    """Create a configuration and return its ARN."""
    return imagebuilder.create_distribution_configuration(**document)[
        "distributionConfigurationArn"
    ]


def get(imagebuilder: Any, arn: str) -> dict[str, Any]:
    """Return the configuration with this ARN."""
    return imagebuilder.get_distribution_configuration(distributionConfigurationArn=arn)[
        "distributionConfiguration"
    ]

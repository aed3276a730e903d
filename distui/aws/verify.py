"""Verify that a 200 response proves that the requested configuration was created."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted, Unknown
from distui.aws.service_model import arn_pattern
from distui.core.reference import arns, regions

_NO_ARN = "The response from AWS contains no ARN."
_MISMATCH = "The response from AWS does not match the request. Nothing more will be sent."


def verify_created(
    response: Mapping[str, Any],
    body: str,
    *,
    connection: AwsConnection,
    client_token: str,
    account: str,
) -> Accepted | Unknown:
    """Return Accepted if ARN and token of the parsed ``response`` match the request.

    ``body`` is the response as text; ``account`` may be empty to allow any. botocore parses a
    truncated or foreign 200 into a response without members and validates no value.
    """
    metadata = response.get("ResponseMetadata", {})
    request_id = str(metadata.get("RequestId", ""))
    arn = response.get("distributionConfigurationArn")
    if not arn:
        return Unknown(
            _NO_ARN, uncertain=True, retry=True, message=body, request_id=request_id, status=200
        )
    token = response.get("clientToken")
    if token != client_token or not _is_expected_arn(arn, connection, account):
        return Unknown(
            _MISMATCH, uncertain=True, retry=False, message=body, request_id=request_id, status=200
        )
    return Accepted(arn, request_id, body)


def _is_expected_arn(arn: Any, connection: AwsConnection, account: str) -> bool:
    if not isinstance(arn, str) or not re.fullmatch(arn_pattern(), arn, re.ASCII):
        return False
    parts = arns.parse(arn)
    return (
        parts is not None
        and parts.region == connection.region
        and parts.partition == (regions.partition_of(connection.region) or parts.partition)
        and parts.account == (account or parts.account)
    )

"""Whether an answer of status 200 proves that our configuration was created."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from distui.aws.connection import AwsConnection
from distui.aws.results import Accepted, Unknown
from distui.aws.service_model import arn_pattern
from distui.core.reference import arns, regions

_NO_ARN = "AWS answered, but the answer says nothing of what was created."
_OTHER = "AWS answered with something else than was asked for. Nothing further will be sent."


def proved(
    answer: Mapping[str, Any],
    text: str,
    *,
    access: AwsConnection,
    client_token: str,
    account: str,
) -> Accepted | Unknown:
    """The outcome of a parsed answer, whose JSON was ``text``.

    botocore parses a truncated or foreign 200 to an answer without members, and checks no value.
    Without ``account`` any account will do.
    """
    metadata = answer.get("ResponseMetadata", {})
    request_id = str(metadata.get("RequestId", ""))
    arn = answer.get("distributionConfigurationArn")
    if not arn:
        return Unknown(
            _NO_ARN, uncertain=True, retry=True, message=text, request_id=request_id, status=200
        )
    echoed = answer.get("clientToken")
    if echoed != client_token or not _is_ours(arn, access, account):
        return Unknown(
            _OTHER, uncertain=True, retry=False, message=text, request_id=request_id, status=200
        )
    return Accepted(arn, request_id, text)


def _is_ours(arn: Any, access: AwsConnection, account: str) -> bool:
    if not isinstance(arn, str) or not re.fullmatch(arn_pattern(), arn, re.ASCII):
        return False
    parts = arns.parse(arn)
    return (
        parts is not None
        and parts.region == access.region
        and parts.partition == (regions.partition_of(access.region) or parts.partition)
        and parts.account == (account or parts.account)
    )

"""Validators of a target's fields. Each raises Django's ValidationError."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from distui.core.reference import accounts, arns, regions
from distui.core.text.characters import quoted

# A role's path and name in IAM's service model; the ARN includes the path.
_ROLE = re.compile(r"role/[\w+=,.@/-]{1,576}", re.ASCII)
# ExternalId in STS's service model.
_EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)


def validate_region(text: str) -> None:
    """Accept Regions of the SDK and DISTUI_EXTRA_REGIONS: botocore puts any text in host names."""
    extra = settings.DISTUI_EXTRA_REGIONS
    if regions.find_region(text, extra) != text:
        near = regions.nearest_region(text, extra)
        hint = f" Did you mean {near}?" if near else ""
        raise ValidationError(f"Unknown Region {quoted(text)}.{hint}")


def validate_account_id(text: str) -> None:
    """Accept an account ID."""
    if not accounts.is_account_id(text):
        raise ValidationError(f"{quoted(text)} isn't an account ID. Account IDs have 12 digits.")


def validate_role_arn(text: str) -> None:
    """Accept the full ARN of an IAM role in an existing partition."""
    arn = arns.parse(text)
    valid = (
        arn is not None
        and arn.partition in regions.partitions()
        and (arn.service, arn.region) == ("iam", "")
        and accounts.is_account_id(arn.account)
        and _ROLE.fullmatch(arn.resource)
    )
    if not valid:
        raise ValidationError(
            f"{quoted(text)} isn't a role ARN. Enter the full ARN, for example"
            " arn:aws:iam::123456789012:role/publisher."
        )


def validate_external_id(text: str) -> None:
    """Accept an external ID that STS accepts."""
    if not _EXTERNAL_ID.fullmatch(text):
        raise ValidationError(
            f"{quoted(text)} isn't an external ID. Use 2 to 1224 letters, digits and"
            " _ + = , . @ : / -"
        )

"""What the fields of a target may hold; each raises Django's ValidationError for other text."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from distui.core.reference import accounts, arns, regions

# The path and name of a role in IAM's service model; the role's ARN has a path in it.
_ROLE = re.compile(r"role/[\w+=,.@/-]{1,576}", re.ASCII)
# ExternalId in STS's service model.
_EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)


def is_region(text: str) -> None:
    """A Region that the SDK or DISTUI_EXTRA_REGIONS knows: botocore makes host names of any."""
    extra = settings.DISTUI_EXTRA_REGIONS
    if regions.find_region(text, extra) != text:
        near = regions.nearest_region(text, extra)
        hint = f" Did you mean {near}?" if near else ""
        raise ValidationError(f"AWS has no Region {text!r}.{hint}")


def is_account(text: str) -> None:
    """An account id."""
    if not accounts.is_account_id(text):
        raise ValidationError("An account id has exactly 12 digits.")


def is_role_arn(text: str) -> None:
    """The full ARN of an IAM role, in a partition that exists."""
    arn = arns.parse(text)
    fits = (
        arn is not None
        and arn.partition in regions.partitions()
        and (arn.service, arn.region) == ("iam", "")
        and accounts.is_account_id(arn.account)
        and _ROLE.fullmatch(arn.resource)
    )
    if not fits:
        raise ValidationError(
            "Give the role's full ARN, for example arn:aws:iam::123456789012:role/publisher."
        )


def is_external_id(text: str) -> None:
    """An external id as STS takes them."""
    if not _EXTERNAL_ID.fullmatch(text):
        raise ValidationError(
            "An external id has 2 to 1224 letters, digits and the characters _ + = , . @ : / -"
        )

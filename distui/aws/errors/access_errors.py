"""Recognize errors about credentials, roles and policies: their messages are for staff only."""

from __future__ import annotations

import re

# Parts of the error codes of AWS and of the names of botocore's exceptions.
_CODE = re.compile(
    r"Access|Forbidden|Auth|Unauthorized|Token|Signature|Credential|Profile|SSO|OptIn|Metadata|NotAllowed"
)
_MESSAGE = re.compile(r"arn:[\w-]+:(?:iam|sts):|not authorized|\bpolic(?:y|ies)\b", re.I | re.A)


def is_about_access(code: str, message: str) -> bool:
    """Return True if the error is about who may call AWS, and may name roles or policies."""
    return bool(_CODE.search(code) or _MESSAGE.search(message))

"""Where calls to AWS go, and with which credentials."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AwsConnection:
    """A home Region and the credentials to use there; equal ones share sessions and clients.

    With neither profile nor role it is boto3's credential chain. ``role_arn`` is assumed through
    STS with ``external_id``, and ``session_name`` is what CloudTrail then shows. ``sandbox_url``
    means the embedded account at that address, whatever the environment says of AWS.
    """

    region: str
    profile: str = ""
    role_arn: str = ""
    external_id: str = ""
    session_name: str = "distui"
    sandbox_url: str = ""

"""The Region and credentials of a connection to AWS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AwsConnection:
    """A home Region and the credentials to use there; equal connections share sessions.

    Without ``profile`` and ``role_arn``, boto3's credential chain is used. ``role_arn`` is assumed
    through STS, with ``external_id`` if it is set; CloudTrail shows ``session_name``. With
    ``sandbox_url``, calls go to the sandbox at that URL and all AWS settings of the environment are
    ignored.
    """

    region: str
    profile: str = ""
    role_arn: str = ""
    external_id: str = ""
    session_name: str = "distui"
    sandbox_url: str = ""

"""The credential scope of a signed request: access key, Region and service."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from botocore.loaders import create_loader
from werkzeug.wrappers import Request

from distui.sandbox.protocol.errors import ServiceError

# Signature Version 4: access key/date/Region/service/aws4_request. moto reads the scope at the same
# place: otherwise a request could name one service for the sandbox and another for moto.
_SCOPE = re.compile(
    r"AWS4-HMAC-SHA256 +Credential=(?P<access_key>[^/\s=,]+)/\d{8}/(?P<region>[^/\s,]+)"
    r"/(?P<service>[^/\s,]+)/aws4_request(?:,|$)"
)


@dataclass(frozen=True)
class CredentialScope:
    """The parts of a request's credential scope; none of them is verified."""

    access_key: str
    region: str
    service: str

    @property
    def is_session(self) -> bool:
        """Return True if the key belongs to an AssumeRole session and not to a user."""
        return self.access_key.startswith("ASIA")


@dataclass(frozen=True)
class Caller:
    """The account and Region in which an operation runs."""

    account: str
    region: str

    @property
    def partition(self) -> str:
        """Return the partition of the Region, such as ``aws`` or ``aws-cn``.

        Raise ServiceError if the Region is in no partition.
        """
        for name, pattern in _partitions():
            if pattern.fullmatch(self.region):
                return name
        raise ServiceError(
            "InvalidSignatureException",
            f"Credential should be scoped to a valid Region, not '{self.region}'.",
        )


def read_credential_scope(request: Request) -> CredentialScope | None:
    """Return the credential scope of a request, or None if it has none."""
    match = _SCOPE.match(request.headers.get("Authorization", ""))
    return CredentialScope(**match.groupdict()) if match else None


@cache
def _partitions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    partitions = create_loader().load_data("partitions")["partitions"]
    return tuple((entry["id"], re.compile(entry["regionRegex"], re.ASCII)) for entry in partitions)

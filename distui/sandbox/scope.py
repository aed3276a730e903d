"""Who calls, which service and which Region: the credential scope of a signed request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from botocore.loaders import create_loader
from werkzeug.wrappers import Request

from distui.sandbox.errors import ServiceError

# Signature Version 4: access key/date/Region/service/aws4_request.
_SCOPE = re.compile(
    r"(?P<access_key>[^/\s=,]+)/\d{8}/(?P<region>[^/\s,]+)/(?P<service>[^/\s,]+)/aws4_request"
)


@dataclass(frozen=True)
class Scope:
    """What the scope of a request's credential says; nothing of it is verified."""

    access_key: str
    region: str
    service: str

    @property
    def is_session(self) -> bool:
        """Whether the key is one of a session, from AssumeRole, rather than of a user."""
        return self.access_key.startswith("ASIA")


@dataclass(frozen=True)
class Caller:
    """The account and home Region in which an operation runs."""

    account: str
    region: str

    @property
    def partition(self) -> str:
        """The partition of the Region, such as `aws` or `aws-cn`.

        Raises ServiceError where no partition has such a Region.
        """
        for name, pattern in _partitions():
            if pattern.fullmatch(self.region):
                return name
        raise ServiceError(
            "InvalidSignatureException",
            f"Credential should be scoped to a valid Region, not '{self.region}'.",
        )


def read_scope(request: Request) -> Scope | None:
    """The credential scope of a request, None where it carries none."""
    found = _SCOPE.search(request.headers.get("Authorization", ""))
    return Scope(**found.groupdict()) if found else None


@cache
def _partitions() -> list[tuple[str, re.Pattern[str]]]:
    listed = create_loader().load_data("partitions")["partitions"]
    return [(entry["id"], re.compile(entry["regionRegex"], re.ASCII)) for entry in listed]

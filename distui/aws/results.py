"""Results of calls to AWS: values instead of exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Accepted:
    """A configuration was created: its ARN, the AWS request ID and the response body as text."""

    arn: str
    request_id: str
    response: str

    @property
    def was_sent(self) -> bool:
        """Return True: AWS has the request."""
        return True


@dataclass(frozen=True, slots=True)
class Rejected:
    """The request was rejected and has created nothing.

    ``code`` and ``message`` are those of AWS. ``pointer`` is the JSON Pointer of the member that
    the message names, or ``""``. ``status`` is the HTTP status, or 0 if nothing was sent.
    """

    code: str
    message: str
    request_id: str = ""
    pointer: str = ""
    status: int = 0

    @property
    def was_sent(self) -> bool:
        """Return True if AWS rejected it, and not the SDK."""
        return self.status > 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """The call has no definite result; ``reason`` is a sentence for the user.

    ``uncertain``: the configuration may have been created. ``retry``: sending the same token again
    can help; if False, a person has to decide. The other fields are those of the AWS error, if any.
    """

    reason: str
    uncertain: bool
    retry: bool
    code: str = ""
    message: str = ""
    request_id: str = ""
    status: int = 0

    @property
    def was_sent(self) -> bool:
        """Return True if AWS may have got the request."""
        return self.uncertain or self.status > 0

    @property
    def is_failed_call(self) -> bool:
        """Return True if a call failed, and not distui refused to make it."""
        return bool(self.code or self.status)

    @property
    def is_contradiction(self) -> bool:
        """Return True if AWS confirmed a creation, but not that of this request."""
        return self.status == 200 and not self.retry


CreateResult: TypeAlias = Accepted | Rejected | Unknown


@dataclass(frozen=True, slots=True)
class Identity:
    """The caller's 12-digit account ID, ARN and partition."""

    account: str
    arn: str
    partition: str


@dataclass(frozen=True, slots=True)
class Found:
    """An existing configuration as a Create request, and when it was created.

    ``server_time`` is AWS's time of the response, if known.
    """

    document: dict[str, Any]
    created_at: datetime
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A configuration as List shows it."""

    arn: str
    name: str
    created_at: datetime
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class Absent:
    """AWS confirmed that the configuration does not exist."""

"""What calls to AWS come to: values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Accepted:
    """Created, and proved by the answer: its ARN, AWS's request id and the answer's JSON text."""

    arn: str
    request_id: str
    response: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused: this send has definitely created nothing.

    ``code`` and ``message`` are AWS's own. ``pointer`` is the JSON Pointer of the member that the
    message names, ``""`` where it names none. ``status`` is HTTP's, 0 where nothing was sent.
    """

    code: str
    message: str
    request_id: str = ""
    pointer: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not settled; ``reason`` is a sentence for the person who waits for it.

    ``uncertain``: it may have been created. ``retry``: sending again with the same token is worth
    it; where False, a person has to look. The rest is AWS's error, as far as there was one.
    """

    reason: str
    uncertain: bool
    retry: bool
    code: str = ""
    message: str = ""
    request_id: str = ""
    status: int = 0


CreateResult: TypeAlias = Accepted | Rejected | Unknown


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the credentials are: the account's 12 digits, the caller's ARN and its partition."""

    account: str
    arn: str
    partition: str


@dataclass(frozen=True, slots=True)
class Found:
    """A configuration that exists: the document that Create would take, and its creation."""

    document: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Absent:
    """AWS says that there is no such configuration."""

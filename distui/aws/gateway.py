"""The calls to AWS that the application makes, each with its outcome as a value."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from distui.aws import failures, raw_body, service_model, sessions
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, CreateResult, Found, Identity, Rejected, Unknown
from distui.aws.verify import proved
from distui.core.reference import arns

if TYPE_CHECKING:
    from mypy_boto3_imagebuilder import ImagebuilderClient

Answer = TypeVar("Answer")
Failure = TypeVar("Failure")

_INCOMPLETE = Unknown("AWS answered, but the answer is incomplete.", uncertain=False, retry=True)
_PAGE_SIZE = 100  # the most that List gives at once: maxResults in the service model


def create(access: AwsConnection, body: bytes, *, account: str = "") -> CreateResult:
    """Sends a CreateDistributionConfiguration once, with exactly these bytes as its body.

    The body is a JSON object with the client token in it. ``account`` is the one that the new ARN
    has to be in; without it any will do.
    """
    document = _document(body)
    if not document.get("clientToken"):
        return Rejected("InvalidBody", "The body is no JSON object with a clientToken.")
    with raw_body.exchange(body) as exchange:
        answer = _settled(
            lambda: sessions.imagebuilder(access).create_distribution_configuration(**document),
            lambda error: failures.outcome_of(error, sent=exchange.begun),
        )
    if isinstance(answer, Rejected | Unknown):
        return answer
    return proved(
        answer,
        exchange.answer.decode(errors="replace"),
        access=access,
        client_token=document["clientToken"],
        account=account,
    )


def identity(access: AwsConnection) -> Identity | Unknown:
    """Whose credentials these are, by GetCallerIdentity."""
    answer = _settled(lambda: sessions.sts(access).get_caller_identity(), failures.unanswered)
    if isinstance(answer, Unknown):
        return answer
    parts = arns.parse(answer.get("Arn", ""))
    if parts is None or not answer.get("Account"):
        return _INCOMPLETE
    return Identity(answer["Account"], answer["Arn"], parts.partition)


def find(access: AwsConnection, arn: str) -> Found | Absent | Unknown:
    """The configuration with this ARN, by GetDistributionConfiguration.

    Only ResourceNotFoundException means that there is none.
    """
    answer = _settled(
        lambda: sessions.imagebuilder(access).get_distribution_configuration(
            distributionConfigurationArn=arn
        ),
        failures.unanswered,
    )
    if isinstance(answer, Unknown):
        return Absent() if answer.code == "ResourceNotFoundException" else answer
    return _found(dict(answer.get("distributionConfiguration", {})))


def names(access: AwsConnection) -> list[str] | Unknown:
    """The names of all configurations in this account and Region, from all pages of List."""
    return _settled(lambda: _listed(sessions.imagebuilder(access)), failures.unanswered)


def _settled(
    call: Callable[[], Answer], outcome_of: Callable[[Exception], Failure]
) -> Answer | Failure:
    try:
        return call()
    # botocore's own errors have no common base, and some answers make its parser fail with any
    # class at all. After the send began, each of them is an outcome that has to be written down.
    except Exception as error:  # noqa: BLE001
        outcome = outcome_of(error)
        if failures.is_stale(outcome):
            sessions.forget()
        return outcome


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _found(held: dict[str, Any]) -> Found | Unknown:
    try:
        created_at = datetime.fromisoformat(held["dateCreated"])
    except (KeyError, TypeError, ValueError):
        return _INCOMPLETE
    members = service_model.request_members()
    return Found({name: held[name] for name in held if name in members}, created_at)


def _listed(client: ImagebuilderClient) -> list[str]:
    pages = client.get_paginator("list_distribution_configurations").paginate(
        PaginationConfig={"PageSize": _PAGE_SIZE}
    )
    # A page that was cut off has no list: KeyError, rather than names that are not all.
    return [item["name"] for page in pages for item in page["distributionConfigurationSummaryList"]]

"""The calls that the application makes to AWS; each returns its result as a value."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from distui.aws import raw_body, service_model, sessions
from distui.aws.connection import AwsConnection
from distui.aws.deadline import QuestionFailed, TimedCall
from distui.aws.errors import failures
from distui.aws.results import Absent, CreateResult, Found, Identity, Listed, Rejected, Unknown
from distui.aws.verify import verify_created
from distui.core.reference import arns

if TYPE_CHECKING:
    from mypy_boto3_imagebuilder import ImagebuilderClient
    from mypy_boto3_imagebuilder.type_defs import DistributionConfigurationSummaryTypeDef

Response = TypeVar("Response")
Failure = TypeVar("Failure")

_INCOMPLETE = Unknown("The response from AWS is incomplete.", uncertain=False, retry=True)
_PAGE_SIZE = 100  # the maximum of List: maxResults in the service model


def create(
    connection: AwsConnection,
    body: bytes,
    *,
    account: str = "",
    may_send: Callable[[], bool] = lambda: True,
) -> CreateResult:
    """Send CreateDistributionConfiguration once, with exactly ``body`` as the request body.

    ``body`` is a JSON object that contains the client token. ``account`` is the expected account
    of the new ARN; if empty, any account is accepted. ``may_send`` is called in this thread right
    before the connection is used; if it returns False, nothing is sent. Its exceptions propagate.
    """
    document = _parse_body(body)
    if not document.get("clientToken"):
        return Rejected("InvalidBody", "The body is not a JSON object with a clientToken.")
    exchange = raw_body.Exchange(body)

    def send(call: TimedCall[Any]) -> Any:
        exchange.may_send = call.ask
        with exchange.active():
            client = sessions.imagebuilder(connection)
            return client.create_distribution_configuration(**document)

    response = _call(
        TimedCall(send),
        lambda error: failures.create_failure(error, sent=exchange.started),
        may_send,
    )
    if isinstance(response, Rejected | Unknown):
        return response
    return verify_created(
        response,
        exchange.response.decode(errors="replace"),
        connection=connection,
        client_token=document["clientToken"],
        account=account,
    )


def identity(connection: AwsConnection) -> Identity | Unknown:
    """Return whose credentials these are, from GetCallerIdentity."""
    response = _read(lambda: sessions.sts(connection).get_caller_identity())
    if isinstance(response, Unknown):
        return response
    parts = arns.parse(response.get("Arn", ""))
    if parts is None or not response.get("Account"):
        return _INCOMPLETE
    return Identity(response["Account"], response["Arn"], parts.partition)


def find(connection: AwsConnection, arn: str) -> Found | Absent | Unknown:
    """Return the configuration with this ARN, from GetDistributionConfiguration.

    Only ResourceNotFoundException means that it is absent.
    """
    response = _read(
        lambda: sessions.imagebuilder(connection).get_distribution_configuration(
            distributionConfigurationArn=arn
        )
    )
    if isinstance(response, Unknown):
        return Absent() if response.code == "ResourceNotFoundException" else response
    return _to_found(dict(response.get("distributionConfiguration", {})), _server_time(response))


def names(connection: AwsConnection) -> list[str] | Unknown:
    """Return the names of all configurations in this account and Region."""
    return _read(lambda: [item["name"] for item in _list(sessions.imagebuilder(connection))])


def list_configurations(connection: AwsConnection) -> list[Listed] | Unknown:
    """Return all configurations in this account and Region."""
    return _read(lambda: [*map(_to_listed, _list(sessions.imagebuilder(connection)))])


def _to_listed(item: DistributionConfigurationSummaryTypeDef) -> Listed:
    created_at = datetime.fromisoformat(item["dateCreated"])
    return Listed(item["arn"], item["name"], created_at, item.get("tags") or {})


def _read(operation: Callable[[], Response]) -> Response | Unknown:
    return _call(TimedCall(lambda _: operation()), failures.read_failure)


def _call(
    call: TimedCall[Response],
    failure_of: Callable[[Exception], Failure],
    question: Callable[[], bool] = lambda: True,
) -> Response | Failure:
    try:
        return call.run(question)
    except QuestionFailed as error:
        raise error.__cause__ or error from None
    # botocore's errors have no common base class, and its parser can raise any class for some
    # responses. Once the request has been sent, each of them is a result that must be recorded.
    except Exception as error:  # noqa: BLE001
        failure = failure_of(error)
        if failures.has_stale_credentials(failure):
            sessions.clear_caches()
        return failure


def _parse_body(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _server_time(response: Any) -> datetime | None:
    """Return the time in the response's Date header (RFC 9110), or None."""
    headers = response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        return parsedate_to_datetime(headers["date"])
    except (KeyError, TypeError, ValueError):
        return None


def _to_found(configuration: dict[str, Any], server_time: datetime | None) -> Found | Unknown:
    try:
        created_at = datetime.fromisoformat(configuration["dateCreated"])
    except (KeyError, TypeError, ValueError):
        return _INCOMPLETE
    members = service_model.request_members()
    document = {name: value for name, value in configuration.items() if name in members}
    return Found(document, created_at, server_time)


def _list(client: ImagebuilderClient) -> list[DistributionConfigurationSummaryTypeDef]:
    pages = client.get_paginator("list_distribution_configurations").paginate(
        PaginationConfig={"PageSize": _PAGE_SIZE}
    )
    # A truncated page has no list: KeyError is better than an incomplete result.
    return [item for page in pages for item in page["distributionConfigurationSummaryList"]]

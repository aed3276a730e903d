"""License Manager's licence configurations, read only, answered by our hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from distui.sandbox.answers import JSON_1_1, new_request_id, refusal, success
from distui.sandbox.checks import first_problem
from distui.sandbox.company import LICENSES, License
from distui.sandbox.errors import ServiceError, invalid_value
from distui.sandbox.pages import page
from distui.sandbox.scope import Caller
from distui.sandbox.service_model import Service, read_json_object

Document = dict[str, Any]

# License Manager's model names no page size.
PAGE_SIZE = 100


class LicenseManager:
    """Answers requests to the `license-manager` service out of the company's licences."""

    def __init__(self) -> None:
        self._service = Service("license-manager")
        self._operations: dict[str, Callable[[Caller, Document], Document]] = {
            "ListLicenseConfigurations": _list,
            "GetLicenseConfiguration": _get,
        }

    def answer(self, request: Request, caller: Caller) -> Response:
        """The answer to a JSON 1.1 request of the caller, refusals included."""
        try:
            name = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
            if name not in self._operations:
                raise ServiceError(
                    "UnknownOperationException",
                    f"The sandbox lists and gets licence configurations only, it has no '{name}'.",
                )
            parameters = read_json_object(request)
            shape = self._service.model.operation_model(name).input_shape
            problem = first_problem(shape, parameters)
            if problem:
                raise invalid_value(*problem)
            document = self._operations[name](caller, parameters)
        except ServiceError as error:
            status = self._service.status(error.code)
            return refusal(status, error.code, error.message, JSON_1_1)
        return success(document, JSON_1_1, new_request_id())


def _list(caller: Caller, parameters: Document) -> Document:
    if parameters.get("Filters"):
        raise invalid_value("Filters", "The sandbox has no filters for licences.")
    size = parameters.get("MaxResults", PAGE_SIZE)
    if size < 1:
        raise invalid_value("MaxResults", "Expected at least 1.")
    listed = [_described(one, caller) for one in _visible(caller)]
    wanted = parameters.get("LicenseConfigurationArns")
    if wanted:
        listed = [one for one in listed if one["LicenseConfigurationArn"] in wanted]
    try:
        in_order = sorted(listed, key=_arn_key)
        shown, token = page(in_order, _arn_key, size, parameters.get("NextToken"))
    except ValueError as error:
        raise invalid_value("NextToken", "It is no token of a page.") from error
    return {"LicenseConfigurations": shown} | ({"NextToken": token} if token else {})


def _get(caller: Caller, parameters: Document) -> Document:
    for one in _visible(caller):
        described = _described(one, caller)
        if described["LicenseConfigurationArn"] == parameters["LicenseConfigurationArn"]:
            return described
    raise invalid_value("LicenseConfigurationArn", "There is no such license configuration.")


def _visible(caller: Caller) -> list[License]:
    return [one for one in LICENSES if (one.account, one.region) == (caller.account, caller.region)]


def _described(one: License, caller: Caller) -> Document:
    return {
        "LicenseConfigurationId": one.id,
        "LicenseConfigurationArn": (
            f"arn:{caller.partition}:license-manager:{one.region}:{one.account}"
            f":license-configuration:{one.id}"
        ),
        "Name": one.name,
        "Description": one.description,
        "LicenseCountingType": one.counted_by,
        "LicenseCount": one.count,
        "LicenseCountHardLimit": False,
        "ConsumedLicenses": 0,
        "Status": "AVAILABLE",
        "OwnerAccountId": one.account,
    }


def _arn_key(described: Document) -> tuple[str, ...]:
    return (described["LicenseConfigurationArn"],)

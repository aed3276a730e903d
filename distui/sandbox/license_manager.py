"""License Manager's read operations on license configurations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from distui.sandbox.protocol.credential_scope import Caller
from distui.sandbox.protocol.errors import ServiceError, invalid_value
from distui.sandbox.protocol.pagination import paginate
from distui.sandbox.protocol.responses import (
    JSON_1_1,
    error_response,
    new_request_id,
    success_response,
)
from distui.sandbox.protocol.service_model import Service, read_json_object
from distui.sandbox.protocol.validation import first_problem
from distui.sandbox.sample_data import LICENSES, SampleLicense

Document = dict[str, Any]

# License Manager's model documents no default page size.
PAGE_SIZE = 100


class LicenseManager:
    """The ``license-manager`` service; its data are the sample licenses."""

    def __init__(self) -> None:
        self._service = Service("license-manager")
        self._operations: dict[str, Callable[[Caller, Document], Document]] = {
            "ListLicenseConfigurations": _list,
            "GetLicenseConfiguration": _get,
        }

    def handle(self, request: Request, caller: Caller) -> Response:
        """Respond to a JSON 1.1 request of the caller."""
        try:
            name = request.headers.get("X-Amz-Target", "").rpartition(".")[2]
            if name not in self._operations:
                supported = " and ".join(self._operations)
                raise ServiceError(
                    "UnknownOperationException",
                    f"The sandbox supports only {supported}, not '{name}'.",
                )
            parameters = read_json_object(request)
            shape = self._service.model.operation_model(name).input_shape
            problem = first_problem(shape, parameters)
            if problem:
                raise invalid_value(*problem)
            document = self._operations[name](caller, parameters)
        except ServiceError as error:
            status = self._service.status(error.code)
            return error_response(status, error.code, error.message, JSON_1_1)
        return success_response(document, JSON_1_1, new_request_id())


def _list(caller: Caller, parameters: Document) -> Document:
    if parameters.get("Filters"):
        raise invalid_value("Filters", "The sandbox does not support filters.")
    size = parameters.get("MaxResults", PAGE_SIZE)
    if size < 1:
        raise invalid_value("MaxResults", "Expected at least 1.")
    documents = [_to_document(license_, caller) for license_ in _visible(caller)]
    arns = parameters.get("LicenseConfigurationArns")
    if arns:
        documents = [one for one in documents if one["LicenseConfigurationArn"] in arns]
    try:
        documents.sort(key=_arn_key)
        page, token = paginate(documents, _arn_key, size, parameters.get("NextToken"))
    except ValueError as error:
        raise invalid_value("NextToken", "The pagination token is not valid.") from error
    return {"LicenseConfigurations": page} | ({"NextToken": token} if token else {})


def _get(caller: Caller, parameters: Document) -> Document:
    for license_ in _visible(caller):
        document = _to_document(license_, caller)
        if document["LicenseConfigurationArn"] == parameters["LicenseConfigurationArn"]:
            return document
    raise invalid_value("LicenseConfigurationArn", "The license configuration does not exist.")


def _visible(caller: Caller) -> list[SampleLicense]:
    return [one for one in LICENSES if (one.account, one.region) == (caller.account, caller.region)]


def _to_document(license_: SampleLicense, caller: Caller) -> Document:
    return {
        "LicenseConfigurationId": license_.id,
        "LicenseConfigurationArn": (
            f"arn:{caller.partition}:license-manager:{license_.region}:{license_.account}"
            f":license-configuration:{license_.id}"
        ),
        "Name": license_.name,
        "Description": license_.description,
        "LicenseCountingType": license_.counting_type,
        "LicenseCount": license_.count,
        "LicenseCountHardLimit": False,
        "ConsumedLicenses": 0,
        "Status": "AVAILABLE",
        "OwnerAccountId": license_.account,
    }


def _arn_key(document: Document) -> tuple[str, ...]:
    return (document["LicenseConfigurationArn"],)

"""The routes, parameters and error statuses of an AWS service, from botocore's model."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from botocore.loaders import create_loader
from botocore.model import OperationModel, ServiceModel, Shape
from werkzeug.wrappers import Request

from distui.sandbox.protocol.errors import ServiceError

# The statuses of error codes that are not in the service models.
_UNMODELED_STATUSES = {
    "InvalidSignatureException": 403,
    "ExpiredTokenException": 403,
    "UnknownOperationException": 404,
}


class Service:
    """The model of one service."""

    def __init__(self, name: str) -> None:
        self.model = ServiceModel(create_loader().load_service_model(name, "service-2"), name)
        self._routes = [
            (operation.http["method"], _path_pattern(operation.http["requestUri"]), operation)
            for operation in map(self.model.operation_model, self.model.operation_names)
        ]
        self._statuses: dict[str, int] = _UNMODELED_STATUSES | {
            shape.name: shape.metadata.get("error", {}).get("httpStatusCode", 400)
            for shape in self.model.error_shapes
        }

    def route(self, method: str, raw_path: str) -> tuple[OperationModel, dict[str, str]]:
        """Return the operation of a REST request and the parameters in its path.

        ``raw_path`` is still percent-encoded, because ARNs contain slashes. Raise ServiceError if
        the model has no such route.
        """
        for route_method, pattern, operation in self._routes:
            match = pattern.fullmatch(raw_path)
            if match and route_method == method:
                return operation, {key: unquote(text) for key, text in match.groupdict().items()}
        raise ServiceError("UnknownOperationException", f"Unknown operation: {method} {raw_path}")

    def status(self, code: str) -> int:
        """Return the HTTP status of an error code; 400 if the model has none."""
        return self._statuses.get(code, 400)


def read_parameters(
    operation: OperationModel, path_parameters: dict[str, str], request: Request
) -> dict[str, Any]:
    """Return the parameters of a REST-JSON request from its path, query string and body."""
    shape = operation.input_shape
    members: dict[str, Shape] = shape.members if shape else {}
    parameters: dict[str, Any] = {}
    for name, member in members.items():
        wire_name = member.serialization.get("name", name)
        location = member.serialization.get("location")
        if location == "uri":
            parameters[name] = path_parameters[wire_name]
        elif location == "querystring" and wire_name in request.args:
            is_list = member.type_name == "list"
            parameters[name] = (
                request.args.getlist(wire_name) if is_list else request.args[wire_name]
            )
    has_body = any("location" not in member.serialization for member in members.values())
    return (read_json_object(request) if has_body else {}) | parameters


def read_json_object(request: Request) -> dict[str, Any]:
    """Return the JSON object in the request body; an empty body is an empty object.

    Raise ServiceError for anything else, and for text that can't be encoded as UTF-8.
    """
    raw = request.get_data()
    if not raw:
        return {}
    try:
        parsed = json.loads(raw.decode(), parse_constant=_refuse_constant)
        json.dumps(parsed, ensure_ascii=False).encode()  # lone surrogates fail here
    except (ValueError, RecursionError) as error:
        raise ServiceError(
            "InvalidRequestException", f"The request body is not valid JSON: {error}"
        ) from error
    if not isinstance(parsed, dict):
        raise ServiceError("InvalidRequestException", "The request body is not a JSON object.")
    return parsed


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _path_pattern(uri_template: str) -> re.Pattern[str]:
    # re.escape puts a backslash before each brace.
    escaped = re.escape(uri_template.partition("?")[0])
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", escaped))

"""An AWS service as botocore's model describes it: routes, parameters and error statuses."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from botocore.loaders import create_loader
from botocore.model import OperationModel, ServiceModel, Shape
from werkzeug.wrappers import Request

from distui.sandbox.errors import ServiceError

# Codes that answer with a status of their own although the model of the service lacks them.
_STATUS_OUTSIDE_THE_MODEL = {
    "InvalidSignatureException": 403,
    "ExpiredTokenException": 403,
    "UnknownOperationException": 404,
}


class Service:
    """The model of one service, asked for operations, parameters and statuses."""

    def __init__(self, name: str) -> None:
        self.model = ServiceModel(create_loader().load_service_model(name, "service-2"), name)
        self._routes = [
            (operation.http["method"], _path_pattern(operation.http["requestUri"]), operation)
            for operation in map(self.model.operation_model, self.model.operation_names)
        ]
        self._statuses: dict[str, int] = _STATUS_OUTSIDE_THE_MODEL | {
            shape.name: shape.metadata.get("error", {}).get("httpStatusCode", 400)
            for shape in self.model.error_shapes
        }

    def route(self, method: str, raw_path: str) -> tuple[OperationModel, dict[str, str]]:
        """The operation of a REST request and the parameters that its path carries.

        `raw_path` is the path as it was sent: an ARN in it has its slashes percent-encoded.
        Raises ServiceError where the model has no such route.
        """
        for its_method, pattern, operation in self._routes:
            found = pattern.fullmatch(raw_path)
            if found and its_method == method:
                return operation, {key: unquote(text) for key, text in found.groupdict().items()}
        raise ServiceError("UnknownOperationException", f"There is no {method} {raw_path}.")

    def status(self, code: str) -> int:
        """The HTTP status of an error code; 400 where the model doesn't say."""
        return self._statuses.get(code, 400)


def read_parameters(
    operation: OperationModel, in_path: dict[str, str], request: Request
) -> dict[str, Any]:
    """The parameters of a REST-JSON request, gathered from path, query string and body."""
    shape = operation.input_shape
    members: dict[str, Shape] = shape.members if shape else {}
    parameters: dict[str, Any] = {}
    for name, member in members.items():
        wire_name = member.serialization.get("name", name)
        location = member.serialization.get("location")
        if location == "uri":
            parameters[name] = in_path[wire_name]
        elif location == "querystring" and wire_name in request.args:
            listed = member.type_name == "list"
            parameters[name] = (
                request.args.getlist(wire_name) if listed else request.args[wire_name]
            )
    in_body = any("location" not in member.serialization for member in members.values())
    return (read_json_object(request) if in_body else {}) | parameters


def read_json_object(request: Request) -> dict[str, Any]:
    """The JSON object in a request's body; an empty body is an empty object.

    Raises ServiceError for anything else, and for text that UTF-8 can't carry.
    """
    raw = request.get_data()
    if not raw:
        return {}
    try:
        parsed = json.loads(raw.decode(), parse_constant=_refuse_constant)
        json.dumps(parsed, ensure_ascii=False).encode()  # lone surrogates fail here
    except (ValueError, RecursionError) as error:
        raise ServiceError(
            "InvalidRequestException", f"The request body is not JSON that can be read: {error}"
        ) from error
    if not isinstance(parsed, dict):
        raise ServiceError("InvalidRequestException", "The request body is not a JSON object.")
    return parsed


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _path_pattern(uri_template: str) -> re.Pattern[str]:
    # re.escape has put a backslash before each brace.
    escaped = re.escape(uri_template.partition("?")[0])
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", escaped))

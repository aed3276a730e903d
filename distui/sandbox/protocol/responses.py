"""HTTP responses in the formats of AWS's JSON protocols."""

from __future__ import annotations

import json
import uuid
from typing import Any

from werkzeug.wrappers import Response

REST_JSON = "application/json"
JSON_1_1 = "application/x-amz-json-1.1"


def success_response(document: dict[str, Any], content_type: str, request_id: str) -> Response:
    """Return a 200 response with a JSON document."""
    return _json_response(200, document, content_type, request_id)


def error_response(status: int, code: str, message: str, content_type: str = REST_JSON) -> Response:
    """Return an error with its code in the ``x-amzn-ErrorType`` header and in ``__type``."""
    document = {"__type": code, "message": message}
    response = _json_response(status, document, content_type, new_request_id())
    response.headers["x-amzn-ErrorType"] = code
    return response


def new_request_id() -> str:
    """Return a request ID in AWS's format."""
    return str(uuid.uuid4())


def _json_response(status: int, document: Any, content_type: str, request_id: str) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    response = Response(body, status, content_type=content_type)
    response.headers["x-amzn-RequestId"] = request_id
    return response

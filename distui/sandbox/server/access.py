"""The requests that the sandbox accepts: from this machine, for the services that it has."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from distui.sandbox.protocol.credential_scope import CredentialScope
from distui.sandbox.protocol.responses import error_response

TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 (a header's name)
# The services that moto may answer. Others can start containers or hold secrets.
MOTO_SERVICES = frozenset({"ec2", "ecr", "iam", "kms", "organizations", "s3", "ssm", "sts"})
# moto's own paths, which it serves for each service: one of them deletes the account.
_MOTO_PATHS = ("/moto-api", "/latest/meta-data", "/latest/api")
_LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")


def reject_host(request: Request) -> Response | None:
    """Return 403 unless the Host header names this machine.

    Pages of other sites can point a name of theirs at 127.0.0.1, but can't forge the header.
    """
    host = request.headers.get("Host", "")
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = ""
    if name in _LOCAL_NAMES or name.endswith(".localhost"):  # S3 puts the bucket in front
        return None
    return Response("The sandbox answers only as localhost.\n", 403)


def reject_control(request: Request, token: str) -> Response | None:
    """Return 403 unless the request has the token; without a token, always."""
    given = request.headers.get(TOKEN_HEADER, "")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return None
    return Response(
        f"Set SANDBOX_TOKEN for the sandbox, and send it in the header {TOKEN_HEADER}.\n", 403
    )


def reject_service(scope: CredentialScope, path: str) -> Response | None:
    """Return an error unless moto may answer a request for this service and path."""
    if scope.service not in MOTO_SERVICES:
        message = f"The sandbox does not have the service '{scope.service}'."
    elif path.startswith(_MOTO_PATHS):
        message = f"The sandbox does not have the path '{path}'."
    else:
        return None
    return error_response(404, "UnknownOperationException", message)

"""Dispatch each request to the service that its credential scope names."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

from werkzeug.wrappers import Request, Response

from distui.sandbox.protocol.credential_scope import Caller, CredentialScope, read_credential_scope
from distui.sandbox.protocol.responses import error_response
from distui.sandbox.server.access import reject_control, reject_host, reject_service
from distui.sandbox.server.fault_injection import FaultInjector

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CREATE = ("PUT", "/CreateDistributionConfiguration")


class NativeService(Protocol):
    """A service that the sandbox implements itself."""

    def handle(self, request: Request, caller: Caller) -> Response:
        """Respond to a request of the caller."""


class FallbackServices(Protocol):
    """All other services, and the accounts of access keys."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond to a signed request in the account of its access key."""

    def account_of(self, scope: CredentialScope) -> str | None:
        """Return the account of the access key, or None for an expired or unknown session."""


class Dispatcher:
    """The WSGI application: native services, fallback services, health check and control.

    It accepts connections immediately, but AWS requests wait until ``open`` is called. If the
    native services are already seeded, they respond immediately, except to sessions: only the
    fallback services know their accounts.
    """

    def __init__(
        self,
        native: dict[str, NativeService],
        default_account: str,
        *,
        native_seeded: bool,
        control_token: str,
    ) -> None:
        """Store the native services by name; unknown keys belong to ``default_account``."""
        self._native = native
        self._default_account = default_account
        self._native_seeded = native_seeded
        self._control_token = control_token
        self._fault_injector = FaultInjector()
        self._fallback: Future[FallbackServices] = Future()

    def open(self, fallback: FallbackServices) -> None:
        """Process the waiting requests: seeding is complete."""
        self._fallback.set_result(fallback)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request by the service that it is signed for."""
        request = Request(environ)
        application = reject_host(request) or self._application_for(request)
        return application(environ, start_response)

    def _application_for(self, request: Request) -> WSGIApplication:
        if request.path == "/healthz":
            return Response("ok\n")
        if request.path.startswith("/sandbox/"):
            rejected = reject_control(request, self._control_token)
            return rejected or self._fault_injector.handle_control(request)
        scope = read_credential_scope(request)
        if scope is None:
            return error_response(
                403,
                "MissingAuthenticationTokenException",
                "The request has no credential scope. Sign it as the AWS SDKs and the AWS CLI do, "
                "with any access key.",
            )
        service = self._native.get(scope.service)
        rejected = None if service else reject_service(scope, request.path)
        if rejected:
            return rejected
        account = self._account_of(scope)
        if account is None:
            return error_response(
                403,
                "ExpiredTokenException",
                "The security token included in the request is expired",
            )
        if service is None:
            return self._fallback.result()
        return self._handle_native(service, request, Caller(account, scope.region))

    def _account_of(self, scope: CredentialScope) -> str | None:
        can_skip = self._native_seeded and scope.service in self._native and not scope.is_session
        if can_skip and not self._fallback.done():
            return self._default_account
        return self._fallback.result().account_of(scope)

    def _handle_native(self, service: NativeService, request: Request, caller: Caller) -> Response:
        if (request.method, request.path) == CREATE:
            return self._fault_injector.handle_create(
                request, lambda: service.handle(request, caller)
            )
        return service.handle(request, caller)

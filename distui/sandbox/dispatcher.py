"""Sends each request to the service that its credential scope names."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

from werkzeug.wrappers import Request, Response

from distui.sandbox.answers import refusal
from distui.sandbox.faults import Faults
from distui.sandbox.scope import Caller, Scope, read_scope

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CREATE = ("PUT", "/CreateDistributionConfiguration")


class OwnService(Protocol):
    """A service answered by our hand."""

    def answer(self, request: Request, caller: Caller) -> Response:
        """The answer to one request of the caller."""


class OtherServices(Protocol):
    """All other services, and the accounts behind access keys."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a signed request in the account of its access key."""

    def account_of(self, scope: Scope) -> str | None:
        """The account of the access key, None for a session that is unknown or over."""


class Dispatcher:
    """The WSGI application: our own services, all others, health and control.

    It serves at once, but keeps requests to AWS services waiting until `open` is called. Where our
    own services are filled from the start, it answers those at once to all but sessions, whose
    account only the others know.
    """

    def __init__(self, own: dict[str, OwnService], account: str, own_are_filled: bool) -> None:
        """`account` is that of any key which the other services don't know."""
        self._own = own
        self._account = account
        self._own_are_filled = own_are_filled
        self._faults = Faults()
        self._others: Future[OtherServices] = Future()

    def open(self, others: OtherServices) -> None:
        """Lets the waiting requests in, now that the account is filled."""
        self._others.set_result(others)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        return self._application_for(request)(environ, start_response)

    def _application_for(self, request: Request) -> WSGIApplication:
        if request.path == "/healthz":
            return Response("ok\n")
        if request.path.startswith("/sandbox/"):
            return self._faults.control(request)
        scope = read_scope(request)
        if scope is None:
            return refusal(
                403,
                "MissingAuthenticationTokenException",
                "The request has no credential scope: it must be signed as SDKs and the AWS CLI "
                "do, with any access key.",
            )
        account = self._account_of(scope)
        if account is None:
            return refusal(403, "ExpiredTokenException", "The session of this access key is over.")
        service = self._own.get(scope.service)
        if service is None:
            return self._others.result()
        return self._own_answer(service, request, Caller(account, scope.region))

    def _account_of(self, scope: Scope) -> str | None:
        at_once = self._own_are_filled and scope.service in self._own and not scope.is_session
        if at_once and not self._others.done():
            return self._account
        return self._others.result().account_of(scope)

    def _own_answer(self, service: OwnService, request: Request, caller: Caller) -> Response:
        if (request.method, request.path) == CREATE:
            return self._faults.through(request, lambda: service.answer(request, caller))
        return service.answer(request, caller)

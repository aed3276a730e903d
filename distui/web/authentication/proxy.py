"""Proxies in front of the site: the headers that count, and the users that they name."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, login, logout
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from distui.web.authentication.accounts import NotAllowed, check_active, named_user
from distui.web.authentication.sessions import start_session

BACKEND = "distui.web.authentication.backends.ProxyBackend"


class ProxyMiddleware:
    """Takes the client's address from ``DISTUI_PROXY_ADDRESSES``; ignores what others forward.

    Without a proxy's address, nothing changes. ``request.META["PROXY"]`` is set for its requests.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the view's response."""
        if settings.PROXY_ADDRESSES:
            meta = request.META
            if is_proxy(meta.get("REMOTE_ADDR", "")):
                meta["PROXY"] = meta["REMOTE_ADDR"]
                # Each proxy appends the address that it saw; the client may have sent the rest.
                hops = [hop.strip() for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
                clients = [hop for hop in hops if not is_proxy(hop)]
                meta["REMOTE_ADDR"] = next(filter(is_address, clients[-1:]), meta["PROXY"])
            else:
                meta.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)


def is_proxy(address: str) -> bool:
    """Return True if the address is one of ``DISTUI_PROXY_ADDRESSES``."""
    return is_address(address) and any(
        ip_address(address) in network for network in settings.PROXY_ADDRESSES
    )


def is_address(text: str) -> bool:
    """Return True for an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class ProxySignInMiddleware:
    """Signs in the user that the proxy names, if ``DISTUI_PROXY_USER_HEADER`` is set.

    The session lasts as long as the proxy sends the name: it is checked on each request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the view's response for the proxy's user."""
        if settings.PROXY_USER_HEADER:
            from_proxy = "PROXY" in request.META  # set by ProxyMiddleware
            name = request.META.get(settings.PROXY_USER_HEADER, "") if from_proxy else ""
            if name:
                if name != request.user.get_username():
                    sign_in(request, name)
            elif request.session.get(BACKEND_SESSION_KEY) == BACKEND:
                logout(request)
        return self.get_response(request)


def sign_in(request: HttpRequest, name: str) -> None:
    """Sign in the user with this name, who is created if necessary.

    Raise PermissionDenied if the user is not active, or the name is not possible.
    """
    try:
        user = named_user(name, "The proxy")
        if not user.pk:
            user, _created = User.objects.get_or_create(
                username=name, defaults={"password": user.password}
            )
        check_active(user)
    except NotAllowed as error:
        raise PermissionDenied(str(error)) from error
    login(request, user, backend=BACKEND)
    start_session(request)

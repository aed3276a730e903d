"""The two URLs of OpenID Connect: the link that starts it, and where the provider returns to."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe
from requests import RequestException

from distui.web.authentication.openid_connect.provider import ProviderAdapter, openid_connect

View = Callable[[HttpRequest], Any]  # allauth has no types
# What a provider's unexpected answer raises while it is read.
UNEXPECTED = (OAuth2Error, RequestException, KeyError, TypeError, ValueError, AttributeError)


def openid_connect_view(view: View) -> View:
    """Return the view as a public page that exists if OpenID Connect is set, and never fails."""

    @login_not_required
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest) -> Any:
        openid_connect()
        try:
            return view(request)
        except ImmediateHttpResponse as error:
            return error.response
        except UNEXPECTED as error:
            return render_authentication_error(
                request, get_adapter().get_provider(request), exception=error
            )

    return wrapped


@openid_connect_view
def start(request: HttpRequest) -> Any:
    """Redirect to the provider, with the page to return to in the session."""
    path = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(path, {request.get_host()}, request.is_secure()):
        path = ""
    nonce = secrets.token_urlsafe(32)
    return (
        get_adapter()
        .get_provider(request)
        .redirect(request, AuthProcess.LOGIN, path, {"nonce": nonce}, auth_params={"nonce": nonce})
    )


@openid_connect_view
def finish(request: HttpRequest) -> Any:
    """Exchange the provider's code and sign the user in; ``SignInAdapter`` decides."""
    adapter = ProviderAdapter(request, openid_connect().issuer)
    return OAuth2CallbackView.adapter_view(adapter)(request)

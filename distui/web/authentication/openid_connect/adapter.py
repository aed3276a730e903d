"""Answers to allauth: the provider, and what happens after signing in or an error."""

from __future__ import annotations

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.shortcuts import redirect
from requests import RequestException

from distui.web.authentication.accounts import NotAllowed
from distui.web.authentication.openid_connect.accounts import user_for
from distui.web.authentication.openid_connect.provider import Provider, openid_connect, provider
from distui.web.authentication.sessions import start_session
from distui.web.authentication.sign_in import sign_in_page

BACKEND = "distui.web.authentication.backends.ProviderBackend"

log = logging.getLogger(__name__)


class SignInAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Signs in by our rules: allauth's own sign-up, forms and mails are never reached."""

    def get_provider(self, request: HttpRequest, *_: Any, **__: Any) -> Provider:
        """Return the provider of the settings."""
        return provider(request)

    def is_open_for_signup(self, *_: Any) -> bool:
        """Return False: ``pre_social_login`` creates users."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign the person in, or say why they may not."""
        state, claims = sociallogin.state, sociallogin.claims
        if claims.get("nonce") != state["data"]["nonce"]:
            self.fail(request, state, "The ID token belongs to another sign-in.")
        try:
            user = user_for(sociallogin.account, claims, openid_connect())
        except NotAllowed as error:
            log.warning("Sign-in of subject %r refused: %s", claims["sub"], error)
            logout(request)  # the session of this browser may have ended
            raise ImmediateHttpResponse(
                sign_in_page(request, state.get("next", ""), [], status=403, problem=str(error))
            ) from error
        login(request, user, backend=BACKEND)
        start_session(request)
        raise ImmediateHttpResponse(redirect(state.get("next") or settings.LOGIN_REDIRECT_URL))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Show the sign-in page with the error."""
        state = (extra_context or {}).get("state") or {}
        if error == AuthError.CANCELLED:
            text = f"Sign-in was cancelled at {openid_connect().name}."
            raise ImmediateHttpResponse(
                sign_in_page(request, state.get("next", ""), [], status=403, problem=text)
            )
        self.fail(request, state, exception or request.GET.get("error_description") or error)

    def fail(self, request: HttpRequest, state: dict[str, Any], reason: Any) -> None:
        """Log the reason and show the sign-in page with a general error."""
        log.warning("Sign-in with OpenID Connect failed: %s", reason)
        name = openid_connect().name
        status, text = 403, f"Signing in with {name} failed or timed out. Try again. "
        text += "If it fails again, contact your administrator; the reason is in the log."
        if isinstance(reason, RequestException):
            status, text = 503, f"{name} can't be reached. Try again in a minute."
        raise ImmediateHttpResponse(
            sign_in_page(request, state.get("next", ""), [], status=status, problem=text)
        )

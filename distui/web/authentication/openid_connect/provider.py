"""The provider: where it is, and how the ID token that it issues is verified.

django-allauth keeps the state, proves the code with PKCE and exchanges it. It takes the settings
from its database and trusts an ID token that came over TLS; here they come from the environment,
and every ID token is verified.
"""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from distui.web.authentication.sign_in_settings import OpenIdConnect

ALGORITHMS = [f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)]
CLOCK_SKEW_SECONDS = 30


def openid_connect() -> OpenIdConnect:
    """Return the settings of OpenID Connect. Raise Http404 if it is not set up."""
    if settings.OIDC is None:
        raise Http404("OpenID Connect is not set up.")
    return settings.OIDC


class ProviderAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth has no types
    """allauth's OpenID Connect with a verified ID token."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return the URL to which the provider redirects."""
        return request.build_absolute_uri(reverse("finish-openid-connect"))

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return the provider's configuration. Raise OAuth2Error if it is another issuer's."""
        config: dict[str, Any] = super().openid_config
        if config["issuer"].removesuffix("/") != openid_connect().issuer:
            raise OAuth2Error(f"The configuration belongs to another issuer: {config['issuer']!r}.")
        return config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Return the sign-in with the verified claims. Raise OAuth2Error if they are invalid."""
        claims = self._verified(kwargs["response"]["id_token"])
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more["sub"] != claims["sub"]:
                raise OAuth2Error("The user information belongs to another user.")
            claims = more | claims
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.claims = claims
        login.account.extra_data = {}  # nothing about the person is stored there
        return login

    def _verified(self, id_token: str) -> dict[str, Any]:
        """Return the claims of an ID token that is signed by the provider, for us and current."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        try:
            kid = jwt.get_unverified_header(id_token).get("kid")
            keys = jwt.PyJWKSet.from_dict(response.json()).keys
            key = next(key for key in keys if kid in (None, key.key_id))
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=openid_connect().client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_SKEW_SECONDS,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
            return claims
        except StopIteration as error:
            raise OAuth2Error("The ID token is signed with an unknown key.") from error
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"The ID token is invalid: {error}") from error


class Provider(OpenIDConnectProvider):  # type: ignore[misc] # allauth has no types
    """allauth's provider with our adapter and PKCE."""

    oauth2_adapter_class = ProviderAdapter
    pkce_enabled_default = True


def provider(request: HttpRequest) -> Provider:
    """Return the provider. Its ID is the issuer: subjects are unique within one."""
    oidc = openid_connect()
    app = SocialApp(
        provider=Provider.id,
        provider_id=oidc.issuer,
        name=oidc.name,
        client_id=oidc.client_id,
        secret=oidc.client_secret,
        settings={"server_url": oidc.issuer, "scope": [*oidc.scopes]},
    )
    return Provider(request, app=app)

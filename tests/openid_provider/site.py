"""The provider's pages and tokens.

``/control/`` takes JSON: the claims of a user, the client's redirect URI, and what the ID
tokens have wrong from now on.
"""

from __future__ import annotations

import json

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from oauth2_provider.models import Application
from oauth2_provider.oauth2_validators import OAuth2Validator

ANOTHER_KEY = rsa.generate_private_key(65537, 2048)
LOGIN = (
    "<!doctype html><html lang=en><title>Provider</title><form method=post>"
    "<label>User <input name=username></label>"
    "<label>Password <input type=password name=password></label>"
    "<button>Sign in</button></form>"
)
control = {"users": {}, "token": {}, "key": "ours"}


class Validator(OAuth2Validator):
    """Adds the claims of ``/control/`` and spoils tokens."""

    oidc_claim_scope = None  # puts all claims into the ID token

    def get_additional_claims(self, request):
        """Return the user's name, address and other claims."""
        user = request.user
        return {
            "preferred_username": user.username,
            "email": user.email,
            "given_name": user.first_name,
            "family_name": user.last_name,
            **control["users"].get(user.username, {}),
        }

    def finalize_id_token(self, *args):
        """Return the signed ID token, spoiled as ``/control/`` says."""
        token = super().finalize_id_token(*args)
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False}) | control["token"]
        if control["key"] == "none":
            return jwt.encode(claims, None, "none", {"kid": header["kid"]})
        ours = settings.OAUTH2_PROVIDER["OIDC_RSA_PRIVATE_KEY"]
        key = ours if control["key"] == "ours" else ANOTHER_KEY
        return jwt.encode(claims, key, "RS256", {"kid": header["kid"]})


def sign_in(request):
    """Sign in with a password."""
    if request.method == "GET":
        return HttpResponse(LOGIN)
    fields = {name: request.POST[name] for name in ("username", "password")}
    login(request, authenticate(request, **fields))
    return redirect(request.GET["next"])


def set_control(request):
    """Take what the next answers are to be."""
    posted = json.loads(request.body)
    if "redirect_uri" in posted:
        Application.objects.update(redirect_uris=posted.pop("redirect_uri"))
    control.update({"users": {}, "token": {}, "key": "ours"} | posted)
    return HttpResponse(status=204)


urlpatterns = [
    path("login/", sign_in),
    path("control/", set_control),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]

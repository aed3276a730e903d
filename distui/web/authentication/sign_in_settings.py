"""Read the settings of signing in: OpenID Connect, a proxy, and local accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from distui.deployment.variables import env, env_bool, env_list, env_secret

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class OpenIdConnect:
    """The provider, and what its claims mean here.

    ``groups`` has pairs of a group at the provider and a group here. Only members of
    ``required_group`` may sign in, and members of ``admin_group`` are superusers, if these are set.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    scopes: tuple[str, ...]
    username_claim: str
    groups_claim: str
    groups: tuple[tuple[str, str], ...]
    required_group: str
    admin_group: str


def openid_connect() -> OpenIdConnect | None:
    """Return the settings of OpenID Connect, or None without an issuer.

    Raise ImproperlyConfigured if one is missing or invalid.
    """
    issuer = env("DISTUI_OIDC_ISSUER")
    if not issuer:
        return None
    url = urlsplit(issuer)
    is_private = url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)
    if not (is_private and url.hostname) or url.query or url.fragment:
        raise ImproperlyConfigured(
            f"DISTUI_OIDC_ISSUER must be the provider's issuer, an https URL, not {issuer!r}."
        )
    client_id, client_secret = env("DISTUI_OIDC_CLIENT_ID"), env_secret("DISTUI_OIDC_CLIENT_SECRET")
    if not (client_id and client_secret):
        raise ImproperlyConfigured(
            "DISTUI_OIDC_CLIENT_ID and DISTUI_OIDC_CLIENT_SECRET must be set with"
            " DISTUI_OIDC_ISSUER, to what the provider has registered for distui."
        )
    return OpenIdConnect(
        issuer=issuer.removesuffix("/"),
        client_id=client_id,
        client_secret=client_secret,
        name=env("DISTUI_OIDC_NAME", "single sign-on"),
        scopes=("openid", *env_list("DISTUI_OIDC_SCOPES", "profile,email")),
        username_claim=env("DISTUI_OIDC_USERNAME_CLAIM", "preferred_username"),
        groups_claim=env("DISTUI_OIDC_GROUPS_CLAIM", "groups"),
        groups=tuple(_pair(item) for item in env_list("DISTUI_OIDC_GROUPS")),
        required_group=env("DISTUI_OIDC_REQUIRED_GROUP"),
        admin_group=env("DISTUI_OIDC_ADMIN_GROUP"),
    )


def _pair(item: str) -> tuple[str, str]:
    theirs, separator, ours = (part.strip() for part in item.rpartition("="))
    if not (theirs and separator and ours):
        raise ImproperlyConfigured(
            "DISTUI_OIDC_GROUPS must have items such as their-group=our-group, separated by commas,"
            f" not {item!r}."
        )
    return theirs, ours


def proxy_user_header() -> str:
    """Return the key in ``request.META`` of the header with the user's name, or "".

    Raise ImproperlyConfigured if the proxy's address is unknown, or beside OpenID Connect.
    """
    name = env("DISTUI_PROXY_USER_HEADER")
    if name and not env("DISTUI_PROXY_ADDRESSES"):
        raise ImproperlyConfigured(
            "DISTUI_PROXY_USER_HEADER needs DISTUI_PROXY_ADDRESSES: without the proxy's address,"
            " anyone could send the header."
        )
    if name and env("DISTUI_OIDC_ISSUER"):
        raise ImproperlyConfigured(
            "DISTUI_PROXY_USER_HEADER and DISTUI_OIDC_ISSUER are both set. Set only one of them."
        )
    return f"HTTP_{name.upper().replace('-', '_')}" if name else ""


def local_accounts() -> bool:
    """Return True if users may sign in with a password.

    Raise ImproperlyConfigured if there would be no way to sign in.
    """
    enabled = env_bool("DISTUI_LOCAL_ACCOUNTS", True)
    if not (enabled or env("DISTUI_OIDC_ISSUER") or env("DISTUI_PROXY_USER_HEADER")):
        raise ImproperlyConfigured(
            "DISTUI_LOCAL_ACCOUNTS=false needs DISTUI_OIDC_ISSUER or DISTUI_PROXY_USER_HEADER:"
            " no one could sign in."
        )
    return enabled


def email_settings() -> dict[str, Any]:
    """Return Django's settings of the mail server in ``DISTUI_EMAIL_URL``; none without it.

    Raise ImproperlyConfigured if the URL or the sender's address is missing or invalid.
    """
    text, sender = env_secret("DISTUI_EMAIL_URL"), env("DISTUI_EMAIL_FROM")
    if not text:
        return {}
    url = urlsplit(text)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    try:
        port = url.port or ports[url.scheme]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(
            "DISTUI_EMAIL_URL must be smtp://, smtp+starttls:// or smtps:// with"
            " user:password@host:port."
        ) from error
    if not (url.hostname and sender):
        raise ImproperlyConfigured(
            "DISTUI_EMAIL_URL needs a host, and DISTUI_EMAIL_FROM, the sender's address."
        )
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
    }


def backends(local: bool, proxy: str, provider: OpenIdConnect | None) -> list[str]:
    """Return Django's authentication backends. The sessions of a way that is off end."""
    ways = {
        "django.contrib.auth.backends.ModelBackend": local,
        "distui.web.authentication.backends.ProxyBackend": proxy,
        "distui.web.authentication.backends.ProviderBackend": provider,
    }
    # The first refuses a locked user before the password is hashed.
    axes = "axes.backends.AxesStandaloneBackend"
    return [axes, *(name for name, enabled in ways.items() if enabled)]

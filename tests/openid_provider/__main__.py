"""An OpenID provider for tests: django-oauth-toolkit, in a process of its own.

``python -m tests.openid_provider PORT DATABASE``. It requires PKCE. The pages
are in ``site.py``.
"""

from __future__ import annotations

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, PASSWORD

KEY = rsa.generate_private_key(65537, 2048).private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
)
AUTHORIZE = (
    "<!doctype html><html lang=en><title>Provider</title><form method=post>{{ error.error }}"
    "{% for field in form %}{{ field }}{% endfor %}"
    "<button name=allow value=yes>Allow</button> <button>Deny</button></form>"
)


def configure(database):
    """Set Django's settings."""
    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="of the provider",
        ROOT_URLCONF="tests.openid_provider.site",
        LOGIN_URL="/login/",
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        MIGRATION_MODULES={"auth": None, "contenttypes": None, "sessions": None},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.locmem.Loader",
                            {"oauth2_provider/authorize.html": AUTHORIZE},
                        )
                    ],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": KEY.decode(),
            "PKCE_REQUIRED": True,
            "SCOPES": dict.fromkeys(("openid", "profile", "email"), ""),
            "OAUTH2_VALIDATOR_CLASS": "tests.openid_provider.site.Validator",
        },
    )
    django.setup()


def create_client_and_tables():
    """Create the tables and the client."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", run_syncdb=True, verbosity=0)
    Application.objects.create(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris="http://testserver/accounts/oidc/callback/",
        algorithm="RS256",
    )
    for name in ("alice", "bob"):
        user = User.objects.create_user(name, f"{name}@example.com", PASSWORD)
        user.first_name, user.last_name = name.title(), "Example"
        user.save()


class Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at once: the site calls it while a browser waits."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_):
        """Skip the line."""


if __name__ == "__main__":
    configure(sys.argv[2])
    create_client_and_tables()
    from django.core.wsgi import get_wsgi_application

    make_server(
        "127.0.0.1", int(sys.argv[1]), get_wsgi_application(), Server, QuietHandler
    ).serve_forever()

"""Django settings, read from environment variables; README.md lists them."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
import django
from bootstrap_wrapper import get_bootstrap_css_dir
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """Return the variable's value, or the default if it is unset or empty."""
    return os.environ.get(name) or default


def env_bool(name: str, default: bool = False) -> bool:
    """Return the variable as a boolean; raise ImproperlyConfigured for any other value."""
    value = env(name, str(default)).lower()
    if value not in ("true", "false", "1", "0"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in ("true", "1")


def env_list(name: str, default: str = "") -> list[str]:
    """Return the variable's comma-separated items."""
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def env_choice(name: str, *choices: str) -> str:
    """Return the variable, which must be one of the choices; the default is the first."""
    value = env(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def stored_secret(path: Path) -> str:
    """Return the secret in the file; create the file, readable only by its owner, if missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def read_text(path: Path) -> str:
    """Return the file's text, or an empty string if it does not exist."""
    return path.read_text().strip() if path.exists() else ""


def database(url: str) -> dict[str, Any]:
    """Return Django's database settings for a URL."""
    try:
        return dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not a valid database URL: {error}") from error


def sandbox_state() -> Path:
    """Return the path of the sandbox's state file; each database has its own."""
    url = env("DATABASE_URL")
    suffix = f"-{hashlib.sha256(url.encode()).hexdigest()[:8]}" if url else ""
    return VAR_DIR / f"sandbox{suffix}.json"


def check_endpoints() -> None:
    """Raise ImproperlyConfigured if the environment sets an AWS endpoint that is not allowed."""
    for name, url in os.environ.items():
        if name.startswith("AWS_ENDPOINT_URL") and url and url not in DISTUI_ALLOWED_ENDPOINTS:
            raise ImproperlyConfigured(
                f"{name} would send AWS requests to {url}. To allow it, add this URL to"
                " DISTUI_ALLOWED_ENDPOINTS."
            )


# --- distui --------------------------------------------------------------------------------------

VAR_DIR = Path(env("DISTUI_VAR", str(BASE_DIR / "var")))
DISTUI_RULES = env_choice("DISTUI_RULES", "reference", "sdk")
DISTUI_EXTRA_REGIONS = frozenset(env_list("DISTUI_EXTRA_REGIONS"))
DISTUI_ALLOWED_ENDPOINTS = env_list("DISTUI_ALLOWED_ENDPOINTS")
SANDBOX_STATE = sandbox_state()
DISTUI_SANDBOX_URL = env("DISTUI_SANDBOX_URL", read_text(SANDBOX_STATE.with_suffix(".url")))
check_endpoints()

# --- Django --------------------------------------------------------------------------------------

DEBUG = env_bool("DISTUI_DEBUG")
SECRET_KEY = env("SECRET_KEY") or stored_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env_list("DISTUI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("DISTUI_TRUSTED_ORIGINS")
ROOT_URLCONF = "distui.urls"
WSGI_APPLICATION = "distui.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "distui.submissions",
    "distui.builder",
    "distui.targets",
    "distui.people",
    "distui.web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "heroicons",
]

MIDDLEWARE = [
    "distui.web.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "distui.web.form_guard.FormGuardMiddleware",
    "distui.web.sign_in.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "heroicons.templatetags.heroicons",
                "django_htmx.templatetags.django_htmx",
                "distui.web.templatetags.badges",
            ],
        },
    },
]

DATABASES = {"default": database(env("DATABASE_URL", f"sqlite:///{VAR_DIR / 'distui.sqlite3'}"))}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A submission is on disk before it is sent; concurrent transactions wait for each other.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False  # one language: looking up translations took 5% of each save
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_css_dir())]
WHITENOISE_USE_FINDERS = True  # serves installed static files without collectstatic

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# A complete Region posts about 60 fields; a list of strings is one field.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# --- Security ------------------------------------------------------------------------------------

HTTPS = env_bool("DISTUI_HTTPS")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "distui.web.errors.csrf_failure"

CSP_DIRECTIVES: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],  # Bootstrap's icons are data: URLs
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
}
if django.VERSION >= (6, 0):
    SECURE_CSP = CSP_DIRECTIVES
    MIDDLEWARE.insert(0, "django.middleware.csp.ContentSecurityPolicyMiddleware")
else:
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_DIRECTIVES}
    MIDDLEWARE.insert(0, "csp.middleware.CSPMiddleware")

# --- Logging -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # At level DEBUG, botocore logs the session token.
        "botocore": {"level": "WARNING"},
        "boto3": {"level": "WARNING"},
        # Saving a draft with errors returns 422, which is not worth a warning.
        "django.request": {"level": "ERROR"},
    },
}

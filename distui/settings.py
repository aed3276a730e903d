"""Django settings, read from environment variables; README.md lists them."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from bootstrap_wrapper import get_bootstrap_css_dir
from django.core.exceptions import ImproperlyConfigured

from distui.deployment import private_files
from distui.deployment.databases import SQLITE, database
from distui.deployment.logs.redaction import remember_secret
from distui.deployment.logs.sentry import start_sentry
from distui.deployment.logs.settings import log_settings
from distui.deployment.variables import (
    env,
    env_bool,
    env_choice,
    env_list,
    env_minutes,
    env_networks,
    env_number,
    env_secret,
    env_tag_key,
)
from distui.web.authentication import sign_in_settings as sign_in
from distui.web.headers import CSP_DIRECTIVES

PACKAGE_DIR = Path(__file__).resolve().parent
# A wheel has templates and static files inside of the package, a checkout beside it.
IS_INSTALLED = (PACKAGE_DIR / "templates").is_dir()
BASE_DIR = PACKAGE_DIR if IS_INSTALLED else PACKAGE_DIR.parent


def secret_key() -> str:
    """Return the key in SECRET_KEY or, with SQLite, the one that is stored in the data directory.

    Raise ImproperlyConfigured without SECRET_KEY on another database, which servers can share: each
    would have a key of its own and would sign out the users of the others.
    """
    if key := env_secret("SECRET_KEY"):
        private_files.check_secret(key, "SECRET_KEY")
        return key
    if DATABASES["default"]["ENGINE"] != SQLITE:
        raise ImproperlyConfigured(
            "SECRET_KEY must be set with this DATABASE_URL, to the same value for every process. To"
            " generate one, run: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    key = private_files.stored_secret(VAR_DIR / "secret_key")
    remember_secret(key)
    return key


def sandbox_state() -> Path:
    """Return the path of the sandbox's state file; each database has its own."""
    digest = hashlib.sha256(DATABASE_URL.encode()).hexdigest()
    suffix = f"-{digest[:8]}" if DATABASE_URL else ""
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

VAR_DIR = Path(env("DISTUI_VAR", str((Path.cwd() if IS_INSTALLED else BASE_DIR) / "var")))
private_files.create_private_directory(VAR_DIR)
DISTUI_RULES = env_choice("DISTUI_RULES", "current", "reference", "sdk")
DISTUI_RULES_FILE = env("DISTUI_RULES_FILE")
DISTUI_EXTRA_REGIONS = frozenset(env_list("DISTUI_EXTRA_REGIONS"))
DISTUI_ALLOWED_ENDPOINTS = env_list("DISTUI_ALLOWED_ENDPOINTS")
DATABASE_URL = env_secret("DATABASE_URL")
SANDBOX_STATE = sandbox_state()
NEWEST_SUBMISSION = SANDBOX_STATE.with_suffix(".newest")  # a number; each database has its own
SANDBOX_URL_FILE = SANDBOX_STATE.with_suffix(".url")
DISTUI_SANDBOX_URL = env("DISTUI_SANDBOX_URL", private_files.read_text(SANDBOX_URL_FILE))
DISTUI_ENGINE = env_choice("DISTUI_ENGINE", "embedded", "celery")
DISTUI_BROKER_URL = env_secret("DISTUI_BROKER_URL")
if DISTUI_ENGINE == "celery" and not DISTUI_BROKER_URL:
    raise ImproperlyConfigured("DISTUI_ENGINE is celery, which needs DISTUI_BROKER_URL.")
DISTUI_OWNERSHIP_TAG = env_tag_key("DISTUI_OWNERSHIP_TAG")
DISTUI_WORKER_THREADS = env_number("DISTUI_WORKER_THREADS", 8, 64)
DISTUI_TARGET_RATE = env_number("DISTUI_TARGET_RATE", 0, 1000, minimum=0)
check_endpoints()
OIDC = sign_in.openid_connect()
PROXY_ADDRESSES = env_networks("DISTUI_PROXY_ADDRESSES")
PROXY_USER_HEADER = sign_in.proxy_user_header()
LOCAL_ACCOUNTS = sign_in.local_accounts()

# --- Django --------------------------------------------------------------------------------------

DEBUG = env_bool("DISTUI_DEBUG")
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
    "auditlog",
    "allauth.account",
    "allauth.socialaccount",
    "axes",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "heroicons",
]

MIDDLEWARE = [
    "distui.web.request_log.RequestLogMiddleware",
    "distui.web.authentication.proxy.ProxyMiddleware",
    "distui.web.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "distui.web.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "distui.web.authentication.proxy.ProxySignInMiddleware",
    "distui.web.form_guard.FormGuardMiddleware",
    "distui.web.authentication.required.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATE_LOADERS = [
    "distui.deployment.template_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
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

DATABASES = {"default": database(DATABASE_URL or f"sqlite:///{VAR_DIR / 'distui.sqlite3'}")}
SECRET_KEY = secret_key()

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "/accounts/login/?signed-out"
EMAIL = sign_in.email_settings()
globals().update(EMAIL)
PASSWORD_RESET_TIMEOUT = 60 * 60
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
AUTHENTICATION_BACKENDS = sign_in.backends(LOCAL_ACCOUNTS, PROXY_USER_HEADER, OIDC)
SOCIALACCOUNT_ADAPTER = "distui.web.authentication.openid_connect.adapter.SignInAdapter"
AXES_HANDLER = "distui.web.authentication.limits.LimitHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "distui.web.authentication.sign_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # the log has a line for each sign-in
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = False  # one language: looking up translations took 5% of each save
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_FINDERS = [
    "distui.deployment.style_sheets.StyleSheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_css_dir())]
# With a folder for them, collectstatic stores each file there under a name with its hash, and
# compressed. Without, the files are served from where they are. A link may change in an upgrade.
STATIC_ROOT = os.path.realpath(env("DISTUI_STATIC_ROOT")) if env("DISTUI_STATIC_ROOT") else None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755  # of static files, the only ones that Django stores
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "distui.deployment.static_files.PublicStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# A complete Region posts about 60 fields; a list of strings is one field.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# --- Security ------------------------------------------------------------------------------------

HTTPS = env_bool("DISTUI_HTTPS")
if HTTPS and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "DISTUI_ALLOWED_HOSTS must not be * with DISTUI_HTTPS. List the site's host names."
    )
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# HSTS for this host alone: its subdomains may be other people's, and preloading is hard to undo.
HSTS = env_choice("DISTUI_HSTS", "host", "subdomains", "preload")
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS != "host"
SECURE_HSTS_PRELOAD = HSTS == "preload"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # they ask for what HSTS decides
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
READINESS_NOTICES = [  # sentences of /readyz
    "distui.submissions.heartbeat.worker_problem",
    "distui.submissions.ledger.restored_backup.restore_notice",
]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "distui.people.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Browsers send cookies to all ports of a host: without the port, copies side by side would sign
# each other out. Behind a proxy, servers with other ports are the same site. With the prefix, no
# other host of the domain can set them.
COOKIE_PREFIX, COOKIE_SUFFIX = ("__Host-", "") if HTTPS else ("", f"-{env('PORT', '8000')}")
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid{COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken{COOKIE_SUFFIX}"
SESSION_COOKIE_AGE = env_minutes("DISTUI_SESSION_IDLE_MINUTES", 12 * 60)
SESSION_MAX_AGE = env_minutes("DISTUI_SESSION_MAX_MINUTES", 7 * 24 * 60)
REAUTHENTICATION_TIMEOUT = env_minutes("DISTUI_REAUTHENTICATE_MINUTES", 2 * 60)
CSRF_FAILURE_VIEW = "distui.web.errors.csrf_failure"

if django.VERSION >= (6, 0):
    SECURE_CSP = CSP_DIRECTIVES
    MIDDLEWARE.insert(0, "django.middleware.csp.ContentSecurityPolicyMiddleware")
else:
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_DIRECTIVES}
    MIDDLEWARE.insert(0, "csp.middleware.CSPMiddleware")

# --- Monitoring -----------------------------------------------------------------------------------

LOGGING = log_settings(as_json=env_choice("DISTUI_LOG_FORMAT", "text", "json") == "json")
METRICS_TOKEN = env_secret("DISTUI_METRICS_TOKEN")
METRICS_ALLOW = env_networks("DISTUI_METRICS_ALLOW")
METRICS_COLLECTORS = ["distui.submissions.metrics.ledger_collector"]
if METRICS_TOKEN or METRICS_ALLOW:
    MIDDLEWARE.insert(0, "distui.web.metrics.MetricsMiddleware")
start_sentry(env_secret("DISTUI_SENTRY_DSN"))

"""Report errors to Sentry, or to a server with its protocol, if a DSN is set."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from distui.deployment.logs.redaction import redact


def start_sentry(dsn: str) -> None:
    """Report errors and their tracebacks, without form fields, cookies and local variables.

    Raises ``ImproperlyConfigured`` if the DSN is invalid or Sentry's package is not installed.
    """
    if not dsn:
        return
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured(
            "DISTUI_SENTRY_DSN needs a package: pip install 'distui[server,sentry]'"
        ) from error
    try:
        sentry_sdk.init(
            dsn=dsn,
            before_send=_redacted,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,  # they would contain SQL and URLs
        )
    except sentry_sdk.utils.BadDsn as error:
        raise ImproperlyConfigured(f"DISTUI_SENTRY_DSN is not a DSN: {error}") from error


def _redacted(event: Any, hint: Any) -> Any:
    request = event.get("request", {})
    for name in ("cookies", "headers", "query_string", "data"):
        request.pop(name, None)
    return _each_text(event)


def _each_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _each_text(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item) for item in value]
    return redact(value) if isinstance(value, str) else value

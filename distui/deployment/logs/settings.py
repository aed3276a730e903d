"""Django's ``LOGGING``: one line for each message, on standard error."""

from __future__ import annotations

from typing import Any


def log_settings(*, as_json: bool) -> dict[str, Any]:
    """Return the configuration of all loggers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"rejected": {"()": "distui.deployment.logs.format.RejectedRequestFilter"}},
        "formatters": {
            "line": {
                "()": "distui.deployment.logs.format.LineFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": "distui.deployment.logs.format.json_formatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "line",
                "filters": ["rejected"],
            }
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # At level DEBUG, botocore logs the session token.
            "botocore": {"level": "WARNING"},
            "boto3": {"level": "WARNING"},
            "axes": {"level": "ERROR"},  # distui.web.authentication.limits logs sign-ins
            # As text, a line for each request would hide the others.
            "distui.web.request_log": {"level": "INFO" if as_json else "WARNING"},
            # Saving a draft with errors returns 422, which is not worth a warning.
            "django.request": {"level": "ERROR"},
        },
    }

"""Django's ``LOGGING``: one line for each message, on standard error."""

from __future__ import annotations

from typing import Any


def log_settings() -> dict[str, Any]:
    """Return the configuration of all loggers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"rejected": {"()": "distui.deployment.log_format.RejectedRequestFilter"}},
        "formatters": {
            "line": {
                "()": "distui.deployment.log_format.LineFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["rejected"],
            }
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # At level DEBUG, botocore logs the session token.
            "botocore": {"level": "WARNING"},
            "boto3": {"level": "WARNING"},
            "axes": {"level": "ERROR"},  # distui.web.authentication.limits logs sign-ins
            # Saving a draft with errors returns 422, which is not worth a warning.
            "django.request": {"level": "ERROR"},
        },
    }

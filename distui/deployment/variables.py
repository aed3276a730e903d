"""Read settings from environment variables. An empty variable counts as unset."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from distui.deployment.logs.redaction import remember_secret
from distui.deployment.private_files import read_text

_MAX_MINUTES = 525_600  # a year
_TAG_KEY = re.compile(r"[\w.:/=+@-]{1,128}", re.ASCII)


def env(name: str, default: str = "") -> str:
    """Return the variable's value, or the default if it is unset or empty."""
    return os.environ.get(name) or default


def env_secret(name: str) -> str:
    """Return the variable's value, or the contents of the file that ``<name>_FILE`` names.

    Raises ``ImproperlyConfigured`` if both are set, or if the file is unreadable or empty.
    """
    value, path = env(name), env(f"{name}_FILE")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Set only one of them.")
    if path:
        value = read_text(Path(path))
        if not value:
            problem = "is empty" if Path(path).exists() else "does not exist"
            raise ImproperlyConfigured(f"{name}_FILE names the file {path}, which {problem}.")
    remember_secret(value)
    return value


def env_bool(name: str, default: bool = False) -> bool:
    """Return the variable as a boolean. Raises ``ImproperlyConfigured`` for other values."""
    value = env(name, str(default)).lower()
    if value not in ("true", "false", "1", "0"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in ("true", "1")


def env_minutes(name: str, default: int) -> int:
    """Return the variable, a positive number of minutes, in seconds.

    Raises ``ImproperlyConfigured`` for other values.
    """
    value = env(name, str(default))
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= _MAX_MINUTES):
        raise ImproperlyConfigured(
            f"{name} must be a number of minutes from 1 to {_MAX_MINUTES}, not {value!r}."
        )
    return int(value) * 60


def env_number(name: str, default: int, maximum: int, *, minimum: int = 1) -> int:
    """Return the variable, a number. Raises ``ImproperlyConfigured`` for other values."""
    value = env(name, str(default))
    is_number = value.isascii() and value.isdigit() and len(value) < 10  # int() refuses many digits
    if not (is_number and minimum <= int(value) <= maximum):
        raise ImproperlyConfigured(
            f"{name} must be a number from {minimum} to {maximum}, not {value!r}."
        )
    return int(value)


def env_tag_key(name: str) -> str:
    """Return the variable, the key of an AWS tag. Raises ``ImproperlyConfigured`` for others."""
    value = env(name)
    if value and (not _TAG_KEY.fullmatch(value) or value.lower().startswith("aws:")):
        raise ImproperlyConfigured(
            f"{name} must be a tag key: 1 to 128 letters, digits or _ . : / = + - @, not starting"
            f" with aws:, not {value!r}."
        )
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """Return the variable's comma-separated items."""
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def env_networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return the variable's addresses and networks, such as 10.0.0.0/8.

    Raises ``ImproperlyConfigured`` for other values.
    """
    try:
        return [ipaddress.ip_network(item) for item in env_list(name)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be a list of IP addresses or networks: {error}."
        ) from error


def env_choice(name: str, *choices: str) -> str:
    """Return the variable, which must be one of the choices; the default is the first.

    Raises ``ImproperlyConfigured`` for other values.
    """
    value = env(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value

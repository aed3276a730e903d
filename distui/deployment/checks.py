"""Django system checks of the deployment; ``make run`` and management commands print them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections

from distui.deployment.private_files import shared_paths
from distui.deployment.static_files import uncollected_files

RULES = "rules"  # the tag of checks of the team's rules


@checks.register(checks.Tags.security)
def check_data_directory(**_: Any) -> list[checks.CheckMessage]:
    """Return a warning if other users can read or write the data directory."""
    directory: Path = settings.VAR_DIR
    shared = shared_paths(directory)
    if not shared:
        return []
    names = ", ".join(str(path.relative_to(directory)) for path in shared[1:])
    files = f", with these files: {names}" if names else ""
    return [
        checks.Warning(
            f"Other users of this machine can open the data directory {directory}{files}.",
            hint=f"Run: chmod -R go= {os.fspath(directory)}",
            id="distui.W001",
        )
    ]


@checks.register(checks.Tags.security)
def check_proxy_addresses(**_: Any) -> list[checks.CheckMessage]:
    """Return a warning if a site with HTTPS doesn't know its proxy."""
    if not settings.SECURE_SSL_REDIRECT or settings.PROXY_ADDRESSES:
        return []
    return [
        checks.Warning(
            "DISTUI_HTTPS is set, but DISTUI_PROXY_ADDRESSES is not: all clients have the proxy's"
            " address, and X-Forwarded-Proto of any client is used.",
            hint="Set DISTUI_PROXY_ADDRESSES to the address of the proxy that terminates TLS.",
            id="distui.W002",
        )
    ]


def start_problem() -> str:
    """Return a sentence if a web server must not start, else "".

    A database that doesn't respond is none: until it does, ``/readyz`` says so.
    """
    errors = checks.run_checks(tags=[RULES])
    with suppress(DatabaseError):
        errors += checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    connections.close_all()  # processes that are forked from this one must not share them
    return next((error.msg for error in errors if error.is_serious()), "") or uncollected_files()

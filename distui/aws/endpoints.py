"""Endpoints other than AWS's own: set in the environment or in a profile, if they are allowed."""

from __future__ import annotations

import os

import botocore.session


class EndpointNotAllowed(Exception):
    """A profile of the AWS configuration sends requests to a URL that isn't allowed."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The profile would send AWS requests to {url}. To allow it, add this URL to"
            " DISTUI_ALLOWED_ENDPOINTS."
        )


def check_profile(session: botocore.session.Session) -> None:
    """Check every endpoint of the session's profile: botocore assumes a profile's role there.

    Raises ``EndpointNotAllowed``, and ``ProfileNotFound`` if there is no such profile.
    """
    allowed = os.environ.get("DISTUI_ALLOWED_ENDPOINTS", "").split(",")
    for url in _profile_endpoints(session).values():
        if url not in map(str.strip, allowed):
            raise EndpointNotAllowed(url)


def endpoint_for(service: str, session: botocore.session.Session) -> str | None:
    """Return the endpoint of a service, or None for AWS's own.

    As in botocore, the environment comes before the profile, and a service's own endpoint before
    the general one. ``settings.py`` has checked the environment, ``check_profile`` the profile.
    """
    environment = os.environ.get
    in_profile = _profile_endpoints(session)
    return (
        environment(f"AWS_ENDPOINT_URL_{service.upper()}")
        or environment("AWS_ENDPOINT_URL")
        or in_profile.get(service)
        or in_profile.get("")
        or None
    )


def _profile_endpoints(session: botocore.session.Session) -> dict[str, str]:
    """Return the endpoints in the session's profile by service, the general one by ``""``."""
    profile = session.get_scoped_config()
    services = session.full_config.get("services", {}).get(profile.get("services"), {})
    sections = {**services, "": profile}
    return {
        name: section["endpoint_url"]
        for name, section in sections.items()
        if isinstance(section, dict) and section.get("endpoint_url")
    }

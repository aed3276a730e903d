"""The rule engine's context under this installation's settings."""

from __future__ import annotations

from django.conf import settings

from distui.core import Context


def rule_context(
    *,
    own_account: str = "",
    home_region: str = "",
    existing_names: frozenset[str] = frozenset(),
) -> Context:
    """Return the context of the settings and of the selected target, if there is one."""
    return Context(
        rules="sdk" if settings.DISTUI_RULES == "sdk" else "reference",
        own_account=own_account,
        home_region=home_region,
        existing_names=existing_names,
        extra_regions=settings.DISTUI_EXTRA_REGIONS,
    )

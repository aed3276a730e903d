"""The context of the rules under this installation's settings."""

from __future__ import annotations

from django.conf import settings

from distui.core import Context


def rule_context(*, own: str = "", home: str = "", names: frozenset[str] = frozenset()) -> Context:
    """Return the context for the rules: the settings, and what is known of a chosen target."""
    return Context(
        rules="sdk" if settings.DISTUI_RULES == "sdk" else "reference",
        regions=settings.DISTUI_EXTRA_REGIONS,
        own=own,
        home=home,
        names=names,
    )

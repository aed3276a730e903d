"""The rule engine's context under this installation's settings."""

from __future__ import annotations

from typing import cast

from django.conf import settings

from distui.core import Context
from distui.core.document.configurations import Configuration
from distui.core.schema.shapes import Rules
from distui.targets.models import Target, User


def rule_context(
    *,
    own_account: str = "",
    home_region: str = "",
    names_being_submitted: frozenset[str] = frozenset(),
    configurations: tuple[Configuration, ...] = (),
) -> Context:
    """Return the context of the settings and of the selected target, if there is one."""
    return Context(
        rules=cast("Rules", settings.DISTUI_RULES),  # the settings accept no other
        own_account=own_account,
        home_region=home_region,
        names_being_submitted=names_being_submitted,
        configurations=configurations,
        extra_regions=settings.DISTUI_EXTRA_REGIONS,
    )


def editing_context(user: User) -> Context:
    """Return the context in which the user's drafts are edited.

    It knows account and home Region if there is only one target that the user may submit to.
    """
    targets = [*Target.objects.usable_by(user)[:2]]
    if len(targets) != 1:
        return rule_context()
    return rule_context(own_account=targets[0].account, home_region=targets[0].region)

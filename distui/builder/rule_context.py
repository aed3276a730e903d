"""The rule engine's context under this installation's settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from django.conf import settings

from distui.builder.team_rules import team_rules
from distui.core import Context
from distui.core.document.configurations import Configuration
from distui.core.ownership_tag import request_with_tag
from distui.core.rule_settings.apply import with_settings
from distui.core.schema.shapes import Rules
from distui.targets.models import Target, User


def rule_context(
    *,
    own_account: str = "",
    home_region: str = "",
    names_being_submitted: frozenset[str] = frozenset(),
    created_names: frozenset[str] = frozenset(),
    configurations: tuple[Configuration, ...] = (),
) -> Context:
    """Return the context of the settings and of the selected target, if there is one.

    Without one, the account and the home Region are those of the team's file.
    """
    context = Context(
        rules=cast("Rules", settings.DISTUI_RULES),  # the settings accept no other
        own_account=own_account,
        home_region=home_region,
        names_being_submitted=names_being_submitted,
        created_names=created_names,
        configurations=configurations,
        extra_regions=settings.DISTUI_EXTRA_REGIONS,
        ownership_tag=settings.DISTUI_OWNERSHIP_TAG,
    )
    found = with_settings(context, team_rules())
    return replace(found, own_account=own_account) if home_region else found


def request_of(document: dict[str, Any], token: str) -> dict[str, Any]:
    """Return the request that creates the document: with the token, and the ownership tag if on."""
    return request_with_tag(document, token, settings.DISTUI_OWNERSHIP_TAG)


def editing_context(user: User, target_id: int | None = None) -> Context:
    """Return the context in which a draft of the user is edited: that of the draft's target."""
    return context_of([*Target.objects.usable_by(user)], target_id)


def context_of(targets: Sequence[Target], target_id: int | None) -> Context:
    """Return the context of the target with that ID, or of the only one; else one without."""
    target = chosen_target(targets, target_id)
    return rule_context() if target is None else target_context(target)


def target_context(target: Target) -> Context:
    """Return the context of the target: its account, home Region and what is known of it."""
    return rule_context(
        own_account=target.account, home_region=target.region, **known_of_target(target)
    )


def _nothing(target: Target) -> dict[str, Any]:
    return {}


# Returns the names that are submitted to a target and its configurations, as keywords of
# ``rule_context``. The app of the submissions, which has them, sets it.
known_of_target: Callable[[Target], dict[str, Any]] = _nothing


def chosen_target(targets: Sequence[Target], target_id: int | None) -> Target | None:
    """Return the target with that ID if the user may use it, or the only one; else None."""
    if len(targets) == 1:
        return targets[0]
    return next((target for target in targets if target.pk == target_id), None)

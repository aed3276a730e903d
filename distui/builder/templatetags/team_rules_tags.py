"""Template tag for the team's rules, on the admin's first page."""

from __future__ import annotations

from django import template

from distui.builder.team_rules import RulesInForce, rules_in_force

register = template.Library()


@register.simple_tag
def team_rules() -> RulesInForce:
    """Return the team's decisions as they are today."""
    return rules_in_force()

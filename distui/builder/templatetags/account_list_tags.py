"""The summary below a list of account IDs, and the groups that can be inserted there."""

from __future__ import annotations

from django import template

from distui.builder.changes.account_lists import summary_at
from distui.builder.groups.models import NamedGroup, NamedGroupQuerySet, select_name

register = template.Library()
register.simple_tag(summary_at, name="tally_of")
register.filter("select_name", select_name)


@register.simple_tag(takes_context=True)
def groups_of(context: template.Context, kind: str) -> NamedGroupQuerySet:
    """Return the groups of that kind that the person at the page may insert."""
    user = context.get("user")
    visible = NamedGroup.objects.visible_to(user) if user else NamedGroup.objects.none()
    of_kind = visible.filter(kind=kind)
    return of_kind.counted() if kind == NamedGroup.Kind.ACCOUNTS else of_kind

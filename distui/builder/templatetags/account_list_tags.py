"""Tags for account lists: their summary, and the named groups that can be inserted."""

from __future__ import annotations

from django import template

from distui.builder.changes.account_id_lists import summary_at
from distui.builder.changes.text_lines import field_name
from distui.builder.groups.models import NamedGroup, NamedGroupQuerySet, select_name

register = template.Library()
register.simple_tag(summary_at, name="account_list_summary")
register.filter("select_name", select_name)
register.filter("lines_name", field_name)


@register.simple_tag(takes_context=True)
def groups_of(context: template.Context, kind: str) -> NamedGroupQuerySet:
    """Return the groups of that kind that the person at the page may insert."""
    user = context.get("user")
    visible = NamedGroup.objects.visible_to(user) if user else NamedGroup.objects.none()
    of_kind = visible.filter(kind=kind)
    return of_kind.defer("members") if kind == NamedGroup.Kind.ACCOUNTS else of_kind

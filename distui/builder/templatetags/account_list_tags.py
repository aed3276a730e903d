"""Tags for account lists: their summary, and the named groups that can be inserted."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from distui.builder.changes.account_lists import summary_at
from distui.builder.editor.page import Editor
from distui.builder.editor.rendering import GroupOption, region_form
from distui.builder.groups.models import NamedGroup, NamedGroupQuerySet, select_name

register = template.Library()
register.simple_tag(summary_at, name="account_list_summary")
register.filter("select_name", select_name)


@register.simple_tag(takes_context=True)
def form_of_region(context: template.Context, editor: Editor) -> SafeString:
    """Render the controls of the open Region, with the groups that the user can insert."""
    index, card = editor.open, editor.card
    if index is None or card is None:
        return SafeString()
    return region_form(
        index,
        editor.state["distributions"][index],
        editor.shown(index),
        where=card.where,
        groups=GroupOption.of(groups_of(context, NamedGroup.Kind.ACCOUNTS)),
    )


@register.simple_tag(takes_context=True)
def groups_of(context: template.Context, kind: str) -> NamedGroupQuerySet:
    """Return the groups of that kind that the user can insert."""
    user = context.get("user")
    visible = NamedGroup.objects.visible_to(user) if user else NamedGroup.objects.none()
    of_kind = visible.filter(kind=kind)
    return of_kind.with_size() if kind == NamedGroup.Kind.ACCOUNTS else of_kind

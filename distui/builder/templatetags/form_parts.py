"""Tags for what a Region's form has by the dozen: buttons, and messages that are mostly empty."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_mini

from distui.builder.forms.control_renderer import html_attributes
from distui.builder.forms.field_messages import FieldMessages

register = template.Library()


@register.simple_tag
def form_button(
    verb: str,
    pointer: str,
    *,
    word: str,
    about: str,
    row: int | None = None,
    number: int | str = "",
    where: str = "",
    look: str = "btn-secondary",
    icon: str = "",
) -> SafeString:
    """Render a button that does something at the pointer, or at one row of the map there."""
    label = f"{word} {about}{f' {number}' if number else ''}{where}"
    attributes = {
        "class": f"btn btn-sm {look}",
        "name": "op",
        "value": f"{verb}:{pointer}" if row is None else f"{verb}:{pointer}/{row}",
        "data-action": verb,
        "data-pointer": pointer,
        "data-row": False if row is None else row,
        "aria-label": label,
        "title": word if icon else False,
    }
    options: dict[str, Any] = {"class": "icon"}
    face = heroicon_mini(icon, **options) if icon else word
    return format_html("<button{}>{}</button>", html_attributes(attributes), face)


@register.simple_tag
def field_messages(messages: FieldMessages | None) -> SafeString:
    """Render the list of messages at an element, which is there even if it is empty."""
    if not messages:
        return SafeString()
    if not messages.findings:
        return format_html('<ul class="findings" id="{}_error"></ul>', messages.id)
    return render_to_string("builder/forms/_field_messages.html", {"messages": messages})

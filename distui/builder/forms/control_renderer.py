"""Renders the controls of a draft without templates: a Region's form has a hundred of them."""

from __future__ import annotations

from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe


def html_attributes(attributes: dict[str, Any]) -> SafeString:
    """Return the attributes with a space before each; those that are False are left out."""
    text = "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )
    return mark_safe(text)  # noqa: S308 (the values are escaped, the names are ours)


def _input(widget: dict[str, Any]) -> str:
    attributes = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        attributes["value"] = widget["value"]
    return f"<input{html_attributes(attributes | widget['attrs'])}>"


def _textarea(widget: dict[str, Any]) -> str:
    attributes = html_attributes({"name": widget["name"]} | widget["attrs"])
    return f"<textarea{attributes}>\n{escape(str(widget['value'] or ''))}</textarea>"


def _select(widget: dict[str, Any]) -> str:
    options = "".join(
        f"<option{html_attributes({'value': option['value']} | option['attrs'])}>"
        f"{escape(str(option['label']))}</option>"
        for _, group, _ in widget["optgroups"]
        for option in group
    )
    return (
        f"<select{html_attributes({'name': widget['name']} | widget['attrs'])}>{options}</select>"
    )


_CONTROLS = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}


class ControlRenderer(DjangoTemplates):
    """Django's renderer of forms, with functions in place of the templates of three widgets."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return the HTML of a widget."""
        if control := _CONTROLS.get(template_name):
            return mark_safe(control(context["widget"]))  # noqa: S308 (each part is escaped)
        return super().render(template_name, context, request)


CONTROL_RENDERER = ControlRenderer()

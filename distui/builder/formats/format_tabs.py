"""A document in one of the formats, with what that can't express."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from distui.builder.forms.locations import location
from distui.core.formats.registry import write
from distui.core.formats.writing import Written

_MAX_LISTED = 20  # places that the page names


class Format(NamedTuple):
    """A format: its name for ``convert --to``, the ends of its files' names, and its labels."""

    name: str
    suffix: str
    label: str
    tab: str


FORMATS = {
    name: Format(name, suffix, label, tab or label)
    for name, suffix, label, tab in (
        ("api", "json", "Request body", "JSON"),
        ("yaml", "yaml", "AWS CLI YAML", "YAML"),
        ("cloudformation", "yaml", "CloudFormation", ""),
        ("cloudformation-json", "template.json", "CloudFormation JSON", "CFN JSON"),
        ("terraform", "tf", "Terraform", ""),
        ("cli", "sh", "AWS CLI command", "Shell"),
        ("boto3", "py", "boto3", ""),
        ("cdk-python", "py", "CDK Python", ""),
        ("cdk-typescript", "ts", "CDK TypeScript", ""),
    )
}


@dataclass(frozen=True)
class FormatTab:
    """A document in the format of a tab.

    ``body`` is its request, which is the text as API JSON. ``missing`` are pointers of values
    that a draft doesn't have yet, ``arn`` is that of an existing configuration.
    """

    format: Format
    document: dict[str, Any]
    body: str
    missing: Sequence[str] = ()
    arn: str = ""

    @cached_property
    def written(self) -> Written:
        """Return the text, and what it doesn't have."""
        if self.format.name == "api":
            return Written(self.body)
        return write(self.format.name, self.document, self.arn)

    @property
    def lost(self) -> list[str]:
        """Return the first places that the format can't express."""
        return self._located(self.written.lost)

    @property
    def required(self) -> list[str]:
        """Return the first places that the format requires and the document doesn't have."""
        return self._located(self.written.missing)

    @property
    def without_value(self) -> list[str]:
        """Return the first places that have no value yet."""
        return self._located(self.missing)

    def _located(self, pointers: Sequence[str]) -> list[str]:
        items = self.document.get("distributions", ())
        places = [location(items, pointer) or pointer for pointer in pointers[:_MAX_LISTED]]
        more = len(pointers) - len(places)
        return [*places, f"{more:,} more"] if more > 0 else places


def format_or_404(name: str) -> Format:
    """Return the format of that name. Raises ``Http404``."""
    if name not in FORMATS:
        raise Http404("Unknown format")
    return FORMATS[name]


def render_format_tab(
    request: HttpRequest, tab: FormatTab, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Return the page of a tab; to htmx the tabs with it, with ``?download`` its file.

    The page that asks by htmx shows the request itself already: the tabs are without it then.
    """
    if "download" in request.GET:
        name = (
            f"distribution-configuration-{context['number']}-{tab.format.name}.{tab.format.suffix}"
        )
        return HttpResponse(
            tab.written.text,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    is_part = bool(getattr(request, "htmx", False))
    page = {
        "formats": FORMATS.values(),
        "current": tab.format,
        "tab": None if is_part and tab.format.name == "api" else tab,
        **context,
    }
    return render(request, "builder/formats/_formats.html" if is_part else template, page)

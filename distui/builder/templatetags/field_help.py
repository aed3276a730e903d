"""Help at a control: AWS's description of the member, the resolved AMI name, fix buttons."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from distui.builder.changes.fixes import fix_label
from distui.core import Finding
from distui.core.pointers import tokens
from distui.core.reference.ami_names import resolve_tokens
from distui.core.reference.ami_tokens import BUILD_DATE
from distui.core.schema import shapes

register = template.Library()

_SAMPLE_DATE = datetime(2026, 11, 24, 20, 30, 5, 912619, UTC)
_NOT_IN_IDS = re.compile(r"[^\w-]+", re.ASCII)
_WITHOUT_BUTTON = {"L006"}  # the control of the AMI name always has a button for it


@register.simple_tag
def model_doc(member: shapes.Member) -> SafeString:
    """Render a disclosure with the service model's description of the member."""
    return _model_doc(member.name, member.prose)


@lru_cache(maxsize=256)
def _model_doc(name: str, prose: str) -> SafeString:
    """Render it once: a Region's form has some sixty of them, and they never change."""
    return format_html(
        '<details class="model-doc"><summary>From the API reference'
        '<span class="visually-hidden">: {}</span></summary>{}'
        "<small>Source: AWS SDK model, botocore {}</small></details>",
        name,
        prose,
        shapes.botocore_version(),
    )


@register.simple_tag
def resolved_name(name: str | None) -> str:
    """Return the AMI name with its tokens resolved for a sample date; ``""`` without tokens."""
    resolved = resolve_tokens(name or "", _SAMPLE_DATE)
    return "" if resolved == (name or "") else resolved


@register.filter
def has_build_date(name: str | None) -> bool:
    """Return True if the AMI name has the build date."""
    return bool(BUILD_DATE.search(name or ""))


@register.simple_tag
def fix_button(finding: Finding) -> SafeString | str:
    """Render the button that applies the finding's fix; ``""`` if it has none."""
    if not finding.fix or finding.rule in _WITHOUT_BUTTON:
        return ""
    label = fix_label(finding.fix)
    return format_html(
        '<button class="btn btn-sm btn-secondary" id="fix-{}{}" name="op" value="fix:{}:{}"'
        ' data-action="fix" data-pointer="{}" aria-label="{}: {}">{}</button>',
        finding.rule,
        _NOT_IN_IDS.sub("-", finding.pointer),  # with an id, it keeps the focus when replaced
        finding.rule,
        finding.pointer,
        finding.pointer,
        label,
        _place_inside_region(finding.pointer),
        label,
    )


def _place_inside_region(pointer: str) -> str:
    """Return the pointer's tokens inside its Region, counted from one: ``userIds 3``."""
    inside = tokens(pointer)[2:] if pointer.startswith("/distributions/") else tokens(pointer)
    return " ".join(str(int(t) + 1) if t.isdecimal() and len(t) < 6 else t for t in inside)

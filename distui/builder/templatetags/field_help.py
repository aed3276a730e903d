"""What helps at a control: AWS's own words on the member, a name written out, a fix."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from distui.builder.changes.fixes import fix_label
from distui.builder.forms.element_ids import ANY
from distui.core import Finding
from distui.core.pointers import tokens
from distui.core.reference.ami_names import resolve_tokens
from distui.core.reference.ami_tokens import BUILD_DATE
from distui.core.schema import shapes

register = template.Library()

_SAMPLE = datetime(2026, 11, 24, 20, 30, 5, 912619, UTC)
_UNFIT = re.compile(rf"[^\w{ANY}-]+", re.ASCII)
_OFFERED = {"L006"}  # the AMI name's control has a button for it, also before anything is wrong


@register.simple_tag
def model_doc(member: shapes.Member) -> SafeString:
    """What the service model says of the member, folded away, with the model's edition."""
    return _folded(member.name, member.prose)


@lru_cache(maxsize=256)
def _folded(name: str, prose: str) -> SafeString:
    """Remembered: a Region's form has some sixty of them, and they never change."""
    return format_html(
        '<details class="model-doc"><summary>AWS on {}</summary>{}'
        "<small>Service model of botocore {}</small></details>",
        name,
        prose,
        shapes.botocore_version(),
    )


@register.simple_tag
def resolved_name(name: str | None) -> str:
    """The AMI name with its tokens written out for a sample date; ``""`` where it has none."""
    example = resolve_tokens(name or "", _SAMPLE)
    return "" if example == (name or "") else example


@register.filter
def has_build_date(name: str | None) -> bool:
    """Whether the AMI name holds the build date."""
    return bool(BUILD_DATE.search(name or ""))


@register.simple_tag
def fix_button(finding: Finding) -> SafeString | str:
    """The button that applies the finding's fix, named by what it does and where."""
    if not finding.fix or finding.rule in _OFFERED:
        return ""
    does = fix_label(finding.fix)
    return format_html(
        '<button class="btn btn-sm btn-secondary" id="fix-{}{}" name="op" value="fix:{}:{}"'
        ' data-action="fix" data-pointer="{}" aria-label="{}: {}">{}</button>',
        finding.rule,
        _UNFIT.sub("-", finding.pointer),  # with an id it keeps the focus when it is drawn anew
        finding.rule,
        finding.pointer,
        finding.pointer,
        does,
        _spoken(finding.pointer),
        does,
    )


def _spoken(pointer: str) -> str:
    """The place inside its Region as words: ``targetAccountIds 3``."""
    inside = tokens(pointer)[2:] if pointer.startswith("/distributions/") else tokens(pointer)
    return " ".join(str(int(t) + 1) if t.isdecimal() and len(t) < 6 else t for t in inside)

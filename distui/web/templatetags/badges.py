"""Template tags for marks used on many pages: a finding's severity, counts, and a relative time."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from distui.core.findings import Severity
from distui.core.text.pluralize import severity_count

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=8)
def severity_mark(severity: str) -> SafeString:
    """Render a finding's severity as icon and word. Cached: some pages show hundreds."""
    return render_to_string("web/_severity.html", {"severity": severity})


@register.simple_tag
@lru_cache(maxsize=256)
def severity_badge(severity: Severity, count: int) -> SafeString:
    """Render how many findings there are of a severity as icon and words, "" if there are none."""
    if not count:
        return SafeString()
    number, noun = severity_count(severity, count).split()
    context = {"severity": severity, "number": number, "noun": noun}
    return render_to_string("web/_severity_badge.html", context)


@register.simple_tag
def ago(moment: datetime) -> SafeString:
    """Render how long ago ``moment`` was, with the exact UTC time as markup and tooltip."""
    recent = (timezone.now() - moment).total_seconds() < 60
    relative = "just now" if recent else f"{timesince(moment, depth=1)} ago"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        f"{moment:%Y-%m-%d %H:%M:%S} UTC",
        relative,
    )

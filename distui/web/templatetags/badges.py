"""Small marks that stand on many pages: a submission's state, a finding's severity, a moment."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

register = template.Library()

# Each state's icon (a heroicon) and word: colour alone says nothing.
STATES = {
    "prepared": ("clock", "Prepared"),
    "sending": ("paper-airplane", "Sending"),
    "waiting": ("arrow-path", "Waiting"),
    "created": ("check-circle", "Created"),
    "rejected": ("x-circle", "Rejected"),
    "attention": ("exclamation-triangle", "Needs attention"),
    "abandoned": ("archive-box", "Abandoned"),
    "cancelled": ("no-symbol", "Cancelled"),
}


@register.inclusion_tag("web/_state.html")
def state_pill(state: str) -> dict[str, str]:
    """A submission's state as icon and word, marked ``data-state``."""
    icon, word = STATES[state]
    return {"state": state, "icon": icon, "word": word}


@register.simple_tag
@lru_cache(maxsize=8)
def severity_mark(severity: str) -> SafeString:
    """A finding's severity as icon and word, drawn once: some pages have hundreds."""
    return render_to_string("web/_severity.html", {"severity": severity})


@register.simple_tag
def ago(moment: datetime) -> SafeString:
    """How long ago the moment was, with the exact time in UTC in the markup and on hover."""
    recent = (timezone.now() - moment).total_seconds() < 60
    past = "just now" if recent else f"{timesince(moment, depth=1)} ago"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        f"{moment:%Y-%m-%d %H:%M:%S} UTC",
        past,
    )

"""A Region of the preview as its page shows it."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from distui.builder.editor.preview import PreviewSection
from distui.core.caching import cached_by_text

register = template.Library()


@register.simple_tag
def fold(piece: PreviewSection, opened: int | None) -> SafeString:
    """The Region as a part that can be folded, on a page on which that Region is open."""
    return _drawn("builder/editor/_preview_section.html", piece, opened)


@cached_by_text(maxsize=1024, max_length=100)
def _drawn(name: str, piece: PreviewSection, opened: int | None) -> SafeString:
    """Remembered: most Regions are printed as they were on the page before."""
    return render_to_string(name, {"piece": piece, "opened": opened})

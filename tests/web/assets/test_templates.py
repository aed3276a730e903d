"""No template contains what the content security policy blocks."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline style": r"<style|\sstyle=",
    "an inline handler": r"\s(on[a-z]+|hx-on[:\w-]*)=",
    "evaluated values": r"hx-vals=.js:|hx-trigger=[^>]*\[",
    "another host": r"""(src|href|action)=["'](https?:)?//""",
    "unescaped text": r"\|\s*safe\b|autoescape off",
}


@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_no_template_contains(pattern):
    matching = [path.name for path in TEMPLATES if re.search(pattern, path.read_text())]
    assert matching == []


def test_it_finds_the_templates():
    assert settings.BASE_DIR / "templates" / "base.html" in TEMPLATES

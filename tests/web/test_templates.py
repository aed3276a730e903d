"""No template asks for what the content security policy refuses."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
REFUSED = {
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline style": r"<style|\sstyle=",
    "an inline handler": r"\s(on[a-z]+|hx-on[:\w-]*)=",
    "evaluated values": r"hx-vals=.js:|hx-trigger=[^>]*\[",
    "another host": r"""(src|href|action)=["'](https?:)?//""",
    "unescaped text": r"\|\s*safe\b|autoescape off",
}


@pytest.mark.parametrize("pattern", REFUSED.values(), ids=REFUSED)
def test_no_template_has(pattern):
    found = [path.name for path in TEMPLATES if re.search(pattern, path.read_text())]
    assert found == []


def test_there_are_templates_to_look_at():
    assert settings.BASE_DIR / "templates" / "base.html" in TEMPLATES

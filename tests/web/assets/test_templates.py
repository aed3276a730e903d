"""Templates contain nothing that the security policy blocks, and are loaded without indentation."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline style": r"<style|\sstyle=",
    "an inline handler": r"\s(on[a-z]+|hx-on[:\w-]*)=",
    "evaluated values": r"hx-vals=.js:|hx-trigger=[^>]*\[",
    "another host": r"""(src|href|action)=["'](https?:)?//""",
    "unescaped text": r"\|\s*safe\b|autoescape off",
}
# The text in an element that shows each space.
TAG_OR_VARIABLE = r"{%.*?%}|{{.*?}}"
PREFORMATTED = re.compile(rf"<(pre|textarea)\b(?:{TAG_OR_VARIABLE}|[^>])*>(.*?)</\1>", re.DOTALL)


@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_no_template_contains(pattern):
    matching = [path.name for path in TEMPLATES if re.search(pattern, path.read_text())]
    assert matching == []


def test_it_finds_the_templates():
    assert settings.BASE_DIR / "templates" / "base.html" in TEMPLATES


def test_templates_are_loaded_without_indentation():
    source = (settings.BASE_DIR / "templates/base.html").read_text()
    loaded = get_template("base.html").template.source
    assert "\n    <" in source
    assert re.findall(r"\n +[<{].*", loaded) == []
    assert "\n          class=" in loaded  # an attribute
    assert loaded.split() == source.split()


def test_no_preformatted_text_of_a_template_is_indented():
    texts = {path.name: PREFORMATTED.findall(path.read_text()) for path in TEMPLATES}
    assert sum(map(len, texts.values())) >= 8
    indented = [name for name, found in texts.items() for _, text in found if "\n " in text]
    assert indented == []

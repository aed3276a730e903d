"""The controls as HTML, section by section: the same as rendering the whole form."""

from __future__ import annotations

import pytest

from distui.builder.editor import rendering
from distui.builder.editor.rendering import render, sections
from distui.builder.forms.declarations import DistributionForm
from distui.core.caching import clear_caches


@pytest.fixture
def empty_caches():
    clear_caches()
    yield
    clear_caches()


def test_a_section_that_says_the_same_is_rendered_once(monkeypatch, empty_caches):
    rendered = []
    monkeypatch.setattr(rendering, "render_to_string", lambda *found: rendered.append(found) or "")
    for description in ("one", "two"):
        state = {"region": "eu-west-1", "licenseConfigurationArns": [description]}
        render(sections(4, state, ()))
    assert len(rendered) == len(DistributionForm.Meta.fields) + 1

"""The controls as HTML, section by section: the same as rendering the whole form."""

from __future__ import annotations

import re

import pytest

from distui.builder.editor import rendering
from distui.builder.editor.rendering import render, sections
from distui.builder.forms.declarations import DistributionForm
from distui.core.caching import clear_caches
from tests.bench.documents import document
from tests.factories import make_draft


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


def test_the_page_grows_by_few_elements_a_region(alice, alice_client):
    """`make bench` allows 1.3 from 10 to 34 Regions; a finding with a text of its own adds some."""
    pages = [
        alice_client.get(f"/drafts/{make_draft(alice, document(count)).pk}/?open=0")
        for count in (10, 34)
    ]
    ten, all_regions = (len(re.findall("<[a-z]", page.content.decode())) for page in pages)
    assert all_regions / ten < 1.28

"""A Region's controls, drawn once for all Regions: the same HTML as drawing each by itself."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from distui.builder.editor import rendering
from distui.builder.editor.rendering import GroupOption, general_form, region_form
from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.core import check
from distui.core.caching import clear_caches
from tests.strategies import documents

WHERE = ", Region 3: <eu-west-1>"
GROUPS = (GroupOption(1, 'Production & "Test"', 12),)


def alone(parts, where: str = "", groups=()) -> str:
    """The parts drawn by themselves, nothing remembered."""
    found = {"parts": parts, "where": where, "groups": groups}
    html = render_to_string("builder/forms/_shape.html", found)
    return "".join(html.removeprefix('<div class="shape">').removesuffix("</div>\n").split())


def together(html: str) -> str:
    return "".join(html.split())


@settings(max_examples=200)
@given(documents(), st.integers(0, 40))
def test_a_region_is_drawn_as_it_would_be_by_itself(document, index):
    states = document["distributions"][:1]
    document = {"distributions": [*[{"region": "eu-west-2"}] * index, *states]}
    findings = [f for f in check(document) if f.pointer.startswith(f"/distributions/{index}/")]
    for state in states:
        form = DistributionForm(path=("distributions", index), state=state, findings=findings)
        drawn = region_form(index, state, findings, where=WHERE, groups=GROUPS)
        assert together(drawn) == alone(form.parts, WHERE, GROUPS)


@settings(max_examples=50)
@given(documents())
def test_what_stands_outside_is_drawn_as_it_would_be_by_itself(document):
    findings = [f for f in check(document) if not f.pointer.startswith("/distributions")]
    form = RequestForm(state=document, findings=findings)
    assert together(general_form(document, findings)) == alone(form.parts[:-1])


@pytest.fixture
def nothing_remembered():
    clear_caches()
    yield
    clear_caches()


def test_a_section_that_says_the_same_is_drawn_once(monkeypatch, nothing_remembered):
    drawn = []
    monkeypatch.setattr(rendering, "render_to_string", lambda *found: drawn.append(found) or "")
    for index in (4, 5):
        state = {"region": f"eu-west-{index}", "licenseConfigurationArns": ["once"]}
        region_form(index, state, (), where="")
    assert len(drawn) == len(DistributionForm.Meta.fields) + 1

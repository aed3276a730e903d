"""Rendering section by section equals rendering the whole form."""

from __future__ import annotations

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from distui.builder.editor.rendering import GroupOption, render, sections
from distui.builder.forms.declarations import DistributionForm, RequestForm
from distui.core import check
from tests.strategies import documents, examples

GROUPS = (GroupOption(1, 'Production & "Test"', 12),)


def whole(parts, where="", groups=()):
    context = {"parts": parts, "where": where, "groups": groups}
    html = render_to_string("builder/forms/_shape.html", context)
    return "".join(html.removeprefix('<div class="shape">').removesuffix("</div>\n").split())


def compact(html):
    return "".join(html.split())


@given(documents(), st.integers(0, 40))
def test_a_region_is_rendered_as_its_whole_form(document, index):
    states = document["distributions"][:1]
    document = {"distributions": [*[{"region": "eu-west-2"}] * index, *states]}
    findings = [f for f in check(document) if f.pointer.startswith(f"/distributions/{index}/")]
    for state in states:
        form = DistributionForm(path=("distributions", index), state=state, findings=findings)
        html = render(sections(index, state, findings), groups=GROUPS)
        assert compact(html) == whole(form.parts, f", Region {index + 1}", GROUPS)


@examples(0.5)
@given(documents())
def test_the_rest_is_rendered_as_its_whole_form(document):
    findings = [f for f in check(document) if not f.pointer.startswith("/distributions")]
    form = RequestForm(state=document, findings=findings)
    assert compact(render(sections(None, document, findings))) == whole(form.parts[:-1])


@examples(0.5)
@given(documents())
def test_messages_are_those_that_the_form_shows(document):
    for index, state in enumerate(document["distributions"][:1]):
        for section in sections(index, state, ()):
            for messages in section.messages():
                assert section.html().count(f'id="{messages.id}_error"') == 1

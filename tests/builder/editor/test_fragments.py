"""The page as keyed fragments: an answer holds each fragment whose key differs."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distui.builder.editor.fragments import changed_fragments, fragments
from distui.builder.editor.page import EditorPage
from distui.builder.models import Draft
from tests.strategies import documents

AMI = "amiDistributionConfiguration"


DRAFT = Draft(pk=1, owner=User())


def page_of(state, **options):
    return EditorPage(DRAFT, User(is_active=False), state=state, page="a page", **options)


def region(ami, code="a"):
    return {"distributions": [{"region": code, AMI: ami}]}


def changed(before, after, *, typing, opened=0):
    html = changed_fragments(
        page_of(before, open=opened), page_of(after, open=opened), typing=typing
    )
    return None if html is None else "".join(html)


def all_fragments(found):
    """Yield fragments and all that is in them."""
    for fragment in found:
        yield fragment
        yield from all_fragments(fragment.parts())


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(), documents(), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_equal_keys_give_equal_html(db, before, after, one, other, strict):
    known = {
        fragment.id: fragment for fragment in all_fragments(fragments(page_of(before, open=one)))
    }
    for fragment in all_fragments(fragments(page_of(after, open=other, strict=strict))):
        old = known.get(fragment.id)
        if old and fragment.template and old.key == fragment.key and not fragment.always:
            assert old.html == fragment.html, fragment.id


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(), st.integers(0, 3))
def test_ids_are_unique_and_parts_are_inside(db, document, opened):
    seen = set()
    for fragment in all_fragments(fragments(page_of(document, open=opened))):
        assert fragment.id not in seen
        seen.add(fragment.id)
        for part in fragment.parts() if fragment.template else ():
            for inner in (part,) if part.template else part.parts():
                assert inner.html.strip() in fragment.html, inner.id


def test_nothing_changed_sends_only_what_earlier_answers_may_have_left(db):
    state = region({"name": "a"})
    ids = re.findall(r'hx-swap-oob="replace" id="([\w-]+)"', changed(state, state, typing=True))
    assert ids == ["status", "conflict"]


def test_one_typed_value_sends_one_preview_line(db):
    html = changed(region({"description": "b"}), region({"description": "c"}), typing=True)
    assert html.count('class="l"') == 1
    assert 'hx-swap-oob="replace:#preview-0 &gt; a:nth-of-type(4)"' in html
    assert "&quot;c&quot;" in html


def test_lines_that_come_or_go_send_the_whole_section(db):
    html = changed(region({"name": "a"}), region({"name": "a", "kmsKeyId": "k"}), typing=True)
    assert '<span hx-swap-oob="replace" id="preview-0">' in html


@pytest.mark.parametrize("typing", [True, False])
def test_controls_are_replaced_unless_somebody_types(db, typing):
    html = changed(region({"name": "a"}), region({"name": "b"}), typing=typing)
    assert ("<section" in html) is not typing


def test_a_sent_fragment_brings_what_it_contains(db):
    html = changed(region({"name": "a"}), region({"name": "a"}, code="b"), typing=False)
    assert html.count('id="distributions-0-title"') == 1


def test_a_new_region_is_appended(db):
    before = {"distributions": [{"region": "a"}]}
    after = {"distributions": [{"region": "a"}, {"region": "b"}]}
    html = changed(before, after, typing=False, opened=None)
    assert '<div hx-swap-oob="append:#distributions"><article' in html.replace("\n", "")
    assert '<div hx-swap-oob="append:#outline-regions">' in html


def test_a_page_that_loses_a_region_is_redrawn(db):
    two = {"distributions": [{"region": "a"}, {"region": "b"}]}
    assert changed(two, {"distributions": [{"region": "b"}]}, typing=False) is None

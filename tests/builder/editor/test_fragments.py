"""The page as keyed fragments: an answer holds each fragment whose key differs."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from distui.builder.editor.fragments import changed_fragments
from distui.builder.editor.page import EditorPage
from distui.builder.models import Draft

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


def test_without_changes_only_temporary_fragments_are_sent(db):
    state = region({"name": "a"})
    ids = re.findall(r'hx-swap-oob="replace" id="([\w-]+)"', changed(state, state, typing=True))
    assert ids == ["status", "conflict"]


def test_one_typed_value_sends_one_preview_line(db):
    html = changed(region({"description": "b"}), region({"description": "c"}), typing=True)
    assert html.count('class="l"') == 1
    assert 'hx-swap-oob="replace:#preview-0 &gt; a:nth-of-type(4)"' in html
    assert '"c"' in html


def test_lines_that_come_or_go_send_the_whole_section(db):
    html = changed(region({"name": "a"}), region({"name": "a", "kmsKeyId": "k"}), typing=True)
    assert '<span hx-swap-oob="replace" id="preview-0">' in html


@pytest.mark.parametrize("typing", [True, False])
def test_controls_are_not_replaced_during_typing(db, typing):
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

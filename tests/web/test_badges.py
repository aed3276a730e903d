"""Badges of states, and relative times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from distui.web.templatetags.badges import STATES


def render(source, **context):
    return Template("{% load badges %}" + source).render(Context(context))


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_an_icon_and_a_word(state):
    html = render("{% state_pill state %}", state=state)
    assert f'data-state="{state}"' in html
    assert "<svg" in html
    assert STATES[state][1] in html


def test_an_unknown_state_is_an_error():
    with pytest.raises(KeyError):
        render("{% state_pill 'lost' %}")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (59, "just now"), (61, "1\xa0minute ago"), (90_000, "1\xa0day ago")],
)
def test_a_time_is_relative(seconds, words):
    moment = timezone.now() - timedelta(seconds=seconds)
    assert f">{words}<" in render("{% ago moment %}", moment=moment)


def test_the_exact_time_is_in_the_markup():
    html = render("{% ago moment %}", moment=datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC))
    assert 'datetime="2026-11-23T09:05:07+00:00"' in html
    assert 'title="2026-11-23 09:05:07 UTC"' in html

"""Relative times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone


def render_ago(moment):
    return Template("{% ago moment %}").render(Context({"moment": moment}))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "just now"), (59, "just now"), (61, "1\xa0minute ago"), (90_000, "1\xa0day ago")],
)
def test_it_shows_the_relative_time(seconds, text):
    assert f">{text}<" in render_ago(timezone.now() - timedelta(seconds=seconds))


def test_it_contains_the_exact_time():
    html = render_ago(datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC))
    assert 'datetime="2026-11-23T09:05:07+00:00"' in html
    assert 'title="2026-11-23 09:05:07 UTC"' in html

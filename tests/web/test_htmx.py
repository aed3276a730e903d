"""Events for the page stay small enough for a response's headers."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse

from distui.web.htmx import MAX_EVENT_BYTES, announce, shorten


@pytest.mark.parametrize("letter", ["a", "é", "東", "🚀", '"', "\\"])
@pytest.mark.parametrize("length", [1, 100, 500, 10_000, 1_000_000])
def test_a_long_text_is_cut(letter, length):
    text = letter * length
    short = shorten(text)
    assert len(json.dumps(short)) <= MAX_EVENT_BYTES
    assert short == text or (len(json.dumps(short)) > MAX_EVENT_BYTES - 14 and short[-1] == "…")


def test_announcements_are_shortened():
    response = announce(HttpResponse(), "x" * 5_000, undo=True)
    event = json.loads(response["HX-Trigger"])["announce"]
    assert event["undo"] is True
    assert event["value"].startswith("xxx")
    assert len(response["HX-Trigger"]) < 1_100

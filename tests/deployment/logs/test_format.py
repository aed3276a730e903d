"""Log lines can't be forged, and rejected requests leave no traceback."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from django.test import Client

from distui.deployment.logs.format import escape

FORGED = "2026-11-29 12:00:00,000 INFO distui: forged"


@pytest.fixture
def console(monkeypatch):
    """Return a function that returns what was logged to the console so far."""
    handler = next(one for one in logging.getLogger().handlers if one.get_name() == "console")
    # Not setStream: it flushes the stream before, which another test may have captured and closed.
    monkeypatch.setattr(handler, "stream", StringIO())
    return handler.stream.getvalue


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a\nb\rc\td", r"a\nb\rc\td"),
        ("\x1b[2J\x00\x7f\x9b", r"\x1b[2J\x00\x7f\x9b"),
        ("\u061c\u2028\u202e\u2066\udcff", r"\u061c\u2028\u202e\u2066\udcff"),
        ("Zürich 東京 🙂", "Zürich 東京 🙂"),
    ],
)
def test_control_characters_are_escaped(text, escaped):
    assert escape(text) == escaped


def test_a_message_is_one_line(console):
    logging.getLogger("distui").warning("Path %s", f"/\n{FORGED}")
    assert console().splitlines()[0].endswith(rf"Path /\n{FORGED}")


def test_a_traceback_is_indented(console):
    try:
        raise ValueError(f"bad\n{FORGED}\x1b")
    except ValueError:
        logging.getLogger("distui").exception("Failed", stack_info=True)
    first, *rest = console().splitlines()
    assert first.endswith("distui: Failed")
    assert all(line.startswith("    ") for line in rest)
    assert rf"    {FORGED}\x1b" in rest


def test_the_path_of_a_failed_request_cannot_forge_a_line(console, alice, settings):
    settings.ROOT_URLCONF = "tests.web.urls"
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    client.get(f"/crash/%0A{FORGED}")
    client.get("/crash/", {"a": f"\n{FORGED}"})
    lines = console().splitlines()
    assert len(lines) > 2
    assert not any(line.startswith(FORGED) for line in lines)


@pytest.mark.parametrize("path", ["/", "/healthz", "/accounts/login/"])
@pytest.mark.django_db
def test_a_foreign_host_leaves_no_traceback(console, path):
    Client(headers={"host": "evil.example"}).get(path)
    lines = console().splitlines()
    assert len(lines) == (0 if path == "/healthz" else 1), lines
    assert not any("Traceback" in line for line in lines)

"""The third-party assets are the reviewed files, byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

# SHA-256 of the style sheet in npm's bootstrap 5.3.8 and of htmx 2.0.10 in django-htmx 1.29.
BOOTSTRAP = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"
HTMX = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"


@pytest.mark.parametrize(
    ("name", "digest"),
    [("bootstrap/bootstrap.min.css", BOOTSTRAP), ("django_htmx/htmx-2.min.js", HTMX)],
)
def test_the_asset_is_the_reviewed_file(name, digest):
    assert hashlib.sha256(Path(finders.find(name)).read_bytes()).hexdigest() == digest

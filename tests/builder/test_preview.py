"""The preview: coloured, escaped, in pieces, and its text is the request body."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings

from distui.builder.preview import pieces
from distui.core import document as documents_text
from tests.strategies import documents


def text_of(request) -> str:
    """The text content of the preview's element."""
    joined = "".join(piece.html for piece in pieces(request))
    return html.unescape(re.sub(r"</?span[^>]*>", "", joined))


@settings(max_examples=200, deadline=None)
@given(documents())
def test_its_text_is_the_request_body(document):
    assert text_of(document) == documents_text.dumps(document)


def test_it_escapes_what_people_write():
    joined = "".join(piece.html for piece in pieces({"description": "</script><img src=x>"}))
    assert "<img" not in joined
    assert "</script>" not in joined


def test_each_region_is_a_piece_of_its_own():
    request = {"name": "x", "distributions": [{"region": "a"}, {"region": "b"}]}
    ids = [piece.id for piece in pieces(request) if piece.id]
    assert ids == [
        "preview-head",
        "preview-distributions-0",
        "preview-distributions-1",
        "preview-tail",
    ]

"""The preview of any document."""

from __future__ import annotations

import html
import re

from hypothesis import given

from distui.builder.editor.preview import preview_sections
from distui.core.document import printing as documents_text
from tests.strategies import documents, examples


def text_of(request) -> str:
    """Return the text content of the preview's element."""
    joined = "".join(piece.html for piece in preview_sections(request))
    return html.unescape(re.sub(r"</?(span|a)[^>]*>", "", joined))


@examples(2)
@given(documents())
def test_its_text_is_the_request_body(document):
    assert text_of(document) == documents_text.dumps(document)

"""Any document as a draft's state."""

from __future__ import annotations

import json

from hypothesis import given

from distui.builder.state.draft_state import (
    dump_state,
    duplicate_key_findings,
    load_state,
    split_lines,
    to_document,
)
from distui.core.document.printing import dumps
from tests.strategies import documents


@given(documents())
def test_a_document_is_a_valid_state(document):
    assert to_document(document) == document
    assert duplicate_key_findings(document) == []


@given(documents())
def test_the_text_has_one_line_per_region(document):
    text = dump_state(document)
    assert json.dumps(json.loads(text)) == json.dumps(load_state(text))
    assert json.loads(text) == document
    assert dumps(load_state(text)) == dumps(document)
    around, lines = split_lines(text)
    assert [json.loads(line) for line in lines] == document.get("distributions", [])
    assert text.count("\n") == (len(lines) + 1 if lines else 0)
    assert "distributions" not in around or around["distributions"] == []

"""Edits of any document by any button."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from distui.builder.changes.edits import VERBS, Edit
from distui.builder.state.draft_state import to_document
from distui.builder.state.errors import InvalidPointer
from tests.strategies import documents


@given(documents(), st.sampled_from(VERBS), st.integers(0, 3))
def test_an_edit_returns_a_document_or_raises(document, verb, number):
    for place in (f"/distributions/{number}", f"/tags/{number}", "/distributions", "/tags"):
        try:
            after, _ = Edit(verb, place).apply(document)
        except InvalidPointer:
            continue
        to_document(after)

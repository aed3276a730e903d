"""Any document survives export and import."""

from __future__ import annotations

from hypothesis import given

from distui.builder.models import Draft
from distui.core.document import printing as documents_text
from tests.documents.imported import read_document
from tests.strategies import documents, examples


@examples(2)
@given(documents())
def test_an_exported_document_imports_unchanged(document):
    draft = Draft(text=read_document(documents_text.dumps(document)).text)
    assert draft.document == document
    again = Draft(text=read_document(draft.body()).text)
    assert again.document == document

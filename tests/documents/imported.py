"""An import of a text with one configuration."""

from __future__ import annotations

from distui.builder.state.importer import Imported, read_documents


def read_document(text: str | bytes) -> Imported:
    """Return the state of the only configuration in the text. Raises ``ParseError``."""
    (imported,) = read_documents(text)
    return imported

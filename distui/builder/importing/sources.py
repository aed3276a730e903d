"""The texts to import: pasted, uploaded, or sent again by the page that shows what was read.

That page contains them as they arrived, compressed, so that nothing is stored before a draft is
made, and nothing of them changes on the way.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from distui.core.document.parse_error import ParseError

MAX_SOURCES = 10
_MAX_NAME = 100  # characters of a file's name
_MAX_PACKED = 4_000_000  # characters of all sources on the page, so that it can post them
_CHANGED = "The form was changed after it was loaded. Choose the files again."


@dataclass(frozen=True, slots=True)
class ImportSource:
    """A text and the name of its file, "" if it was pasted."""

    name: str
    content: bytes

    @property
    def packed(self) -> str:
        """Return both as a text that a hidden field can have."""
        both = self.name.encode() + b"\0" + self.content
        return base64.b64encode(zlib.compress(both)).decode()

    @classmethod
    def unpack(cls, packed: str) -> ImportSource:
        """Return the source of a text of ``packed``. Raises ``ParseError`` for another one."""
        try:
            unpacker = zlib.decompressobj()
            data = base64.b64decode(packed, validate=True)
            name, _, content = unpacker.decompress(
                data, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            ).partition(b"\0")
            if unpacker.eof:
                return cls(name.decode(), content)
        except (binascii.Error, zlib.error, ValueError):
            pass
        raise ParseError(_CHANGED)


def posted_sources(data: QueryDict, files: Iterable[UploadedFile[Any]]) -> list[ImportSource]:
    """Return the sources of a post: those sent again, else the pasted text and the files.

    Raises ``ParseError`` if there are none or too many.
    """
    if packed := data.getlist("source")[:MAX_SOURCES]:
        return [*map(ImportSource.unpack, packed)]
    text = data.get("document", "")
    found = [ImportSource("", text.encode("utf-8", "surrogatepass"))] if text.strip() else []
    uploads = [*files]
    if len(found) + len(uploads) > MAX_SOURCES:
        raise ParseError(f"Choose at most {MAX_SOURCES} files at a time.")
    found += [ImportSource(_name_of(file), file.read()) for file in uploads]
    if not found:
        raise ParseError("Paste a document or choose a file.")
    return found


def _name_of(file: UploadedFile[Any]) -> str:
    return (file.name or "")[:_MAX_NAME].replace("\0", "")


def fit_on_a_page(sources: Iterable[ImportSource]) -> bool:
    """Return True if the page that shows what was read can contain the sources."""
    return sum(len(source.packed) for source in sources) <= _MAX_PACKED

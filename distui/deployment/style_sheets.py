"""Style sheets that are joined of parts, so that a page loads one file instead of each part.

The ``index.css`` of a folder imports the parts: that of ``static/css/site/`` becomes
``css/site.css``.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

_IMPORT = re.compile(r'^@import "(.+)";$', re.MULTILINE)
_RELATIVE_URL = re.compile(r'url\("(\.\./[^"]+)"\)')


class StyleSheetFinder(BaseFinder):
    """Finds the joined style sheets, which it stores in the data directory."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.sources = settings.BASE_DIR / "static"
        self.storage = FileSystemStorage(settings.VAR_DIR / "static")

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield each style sheet's path below ``static/``, and the storage that has it."""
        for index in sorted(self.sources.glob("css/*/index.css")):
            path = f"css/{index.parent.name}.css"
            self._store(path, join(index))
            yield path, self.storage

    def find(self, path: str, find_all: bool = False) -> Any:  # a str or a list, as in Django
        """Return the file's path, in a list with ``find_all``; an empty list if it isn't one."""
        found = [self.storage.path(name) for name, _ in self.list(None) if name == path]
        return found if find_all or not found else found[0]

    def _store(self, path: str, text: str) -> None:
        """Write the file unless it says the same; other processes may read or write it too."""
        file = Path(self.storage.path(path))
        if file.is_file() and file.read_text() == text:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text(text)
        new.replace(file)


def join(index: Path) -> str:
    """Return the style sheet with its parts in place of ``@import``, to be served a folder up."""

    def part(match: re.Match[str]) -> str:
        path = index.parent / match[1]
        return _RELATIVE_URL.sub(lambda url: f'url("{_moved(url[1], match[1])}")', path.read_text())

    return _IMPORT.sub(part, index.read_text())


def _moved(url: str, part: str) -> str:
    """Return a part's relative URL, rebased to the joined style sheet."""
    return posixpath.normpath(posixpath.join("index", posixpath.dirname(part), url))

"""Static files as they are stored for production: with their hash in the name, and compressed."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

# Of Bootstrap, pages use bootstrap.min.css, which names its map; of htmx, htmx-2.min.js.
IGNORED = [
    *StaticFilesConfig.ignore_patterns,
    "bootstrap-*",
    "bootstrap.rtl*",
    "bootstrap.css*",
    "htm*-4*",
    "htmx-2.js",
    "ext",
]


class PublicStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # has no types
    """Stores files that every user can read: root collects what a server's user serves."""

    def post_process(self, *args: Any, **options: Any) -> Iterator[Any]:
        """Compress files and add hashes, without the umask that keeps other files private."""
        umask = os.umask(0o022)
        try:
            yield from super().post_process(*args, **options)
        finally:
            os.umask(umask)


def uncollected_files() -> str:
    """Return a sentence if ``DISTUI_STATIC_ROOT`` lacks a file of this version, else ""."""
    if not settings.STATIC_ROOT:
        return ""
    root, patterns = Path(settings.STATIC_ROOT), IGNORED
    for finder in get_finders():
        for name, storage in finder.list(patterns):
            collected = root / (getattr(storage, "prefix", None) or "") / name
            if not (collected.is_file() and filecmp.cmp(storage.path(name), collected, False)):
                return (
                    f"{root} does not have the static files of this version: {name} differs. Run:"
                    " manage.py collectstatic --noinput"
                )
    return ""

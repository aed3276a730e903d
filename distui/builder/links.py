"""Addresses of a draft's pages that other pages lead to."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def editor_url(draft_id: int, index: int | None = None, focus: str = "") -> str:
    """Return the editor's address with the Region of that index open, at the element ``focus``."""
    url = reverse("builder:edit-draft", args=[draft_id])
    query = "" if index is None else f"?open={index}"
    return f"{url}{query}{'#' + focus if focus else ''}"


def copying_url(draft_id: int, pointer: str) -> str:
    """Return the page on which what stands at the pointer is copied or applied."""
    url = reverse("builder:copy-to-regions", args=[draft_id])
    return f"{url}?{urlencode({'from': pointer})}"

"""URLs of a draft's pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def editor_url(draft_id: int, index: int | None = None, focus: str = "") -> str:
    """Return the editor's URL with that Region open, at the element with the id ``focus``."""
    url = reverse("builder:edit-draft", args=[draft_id])
    query = "" if index is None else f"?open={index}"
    return f"{url}{query}{'#' + focus if focus else ''}"


def dismiss_url(draft_id: int, finding: str) -> str:
    """Return the URL of the page that dismisses the finding, given as ``rule:pointer``."""
    url = reverse("builder:dismiss-findings", args=[draft_id])
    return f"{url}?{urlencode({'finding': finding})}"


def arranging_url(draft_id: int, opened: int | None = None) -> str:
    """Return the URL of the page that sorts and removes Regions."""
    url = reverse("builder:arrange-regions", args=[draft_id])
    return url if opened is None else f"{url}?open={opened}"


def copying_url(draft_id: int, pointer: str, opened: int | None = None, **typed: str) -> str:
    """Return the URL of the page that copies what is there; ``opened`` is the editor's Region.

    ``typed`` are the Regions to ``select`` at first, and what is ``unknown`` of a typed text.
    """
    url = reverse("builder:copy-to-regions", args=[draft_id])
    query = {"from": pointer} | ({} if opened is None else {"open": str(opened)}) | typed
    return f"{url}?{urlencode(query)}"

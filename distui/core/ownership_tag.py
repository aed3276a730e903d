"""The tag that marks the configurations which an installation has created."""

from __future__ import annotations

from typing import Any

_TOKEN = "clientToken"  # noqa: S105 (the name of a member)


def request_with_tag(document: dict[str, Any], token: str, key: str) -> dict[str, Any]:
    """Return the Create request of the document; unless ``key`` is empty, with the tag.

    The tag's value is the client token, so that it belongs to one submission only.
    """
    request, tags = document | {_TOKEN: token}, document.get("tags", {})
    return request | {"tags": tags | {key: token}} if key and isinstance(tags, dict) else request


def document_of_request(request: dict[str, Any]) -> dict[str, Any]:
    """Return the document of a Create request: without its client token, and its tag if any."""
    token = request.get(_TOKEN)
    document = {name: value for name, value in request.items() if name != _TOKEN}
    return without_tag(document, tag_with_value(document, token))


def without_tag(document: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the document without the tag, and without ``tags`` if it was the only one."""
    if key not in (document.get("tags") or ()):
        return document
    tags = {name: value for name, value in document["tags"].items() if name != key}
    others = {name: value for name, value in document.items() if name != "tags"}
    return others | {"tags": tags} if tags else others


def tag_with_value(document: dict[str, Any], token: Any) -> str:
    """Return the key of the tag whose value is the token, or "" if there is none."""
    tags = document.get("tags")
    found = tags.items() if isinstance(tags, dict) else ()
    return next((key for key, value in found if value == token), "")

"""JSON Patch (RFC 6902), as far as fixes use it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from distui.core.pointers import pointer, resolve, tokens


def apply_patch(value: Any, patch: Sequence[Mapping[str, Any]]) -> Any:
    """Return the value after a patch of ``add``, ``replace``, ``remove`` and ``move``.

    A map may be held as rows of a key and a value, as a draft's state has it. Raises
    ``LookupError`` for a place that isn't there.
    """
    changed = copy.deepcopy(value)
    for step in patch:
        item = step.get("value")
        if step["op"] in ("remove", "move"):
            item = _remove(changed, step["from" if step["op"] == "move" else "path"])
        if step["op"] != "remove":
            _set_value(changed, step["path"], item)
    return changed


def _remove(value: Any, path: str) -> Any:
    """Remove and return the value at the path; from a map held as rows, the first such row."""
    *parents, last = tokens(path)
    container = resolve(value, pointer(parents))
    if isinstance(container, dict):
        return container.pop(last)
    if container and isinstance(container[0], list):
        keys = [key for key, _ in container]
        return container.pop(keys.index(last))[1]
    return container.pop(int(last))


def _set_value(value: Any, path: str, item: Any) -> None:
    *parents, last = tokens(path)
    container = resolve(value, pointer(parents))
    if isinstance(container, dict):
        container[last] = item
    elif container and isinstance(container[0], list):
        keys = [key for key, _ in container]
        container[keys.index(last)][1] = item
    else:
        container[int(last)] = item

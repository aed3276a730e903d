"""Steps of an import: what no request or no draft has is left out, or read as what is meant."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from distui.core.document import skeleton
from distui.core.document.strict_json import is_note
from distui.core.document.unresolved import is_marked
from distui.core.formats.readers.api_json import READ_ONLY
from distui.core.pointers import tokens
from distui.core.schema import empty_members, shapes

_SERVER_SETS = ("clientToken", "dryRun", *READ_ONLY)
_MAX_NAMED = 8  # places that a notice names
_MAX_LENGTH = 60  # characters of a value that a notice shows
_PAIRS = ({"Key", "Value"}, {"key", "value"})  # how most other APIs of AWS have tags

Result = tuple[Any, str]  # the document after a step, and its notice or ""


class ImportStep(NamedTuple):
    """A step. Without ``is_optional``, no draft could have what it changes."""

    apply: Callable[[Any], Result]
    is_optional: bool = True


def _without_read_only(value: Any) -> Result:
    ignored = [name for name in _SERVER_SETS if name in value]
    rest = {name: item for name, item in value.items() if name not in ignored}
    return rest, f"Ignored read-only fields: {', '.join(ignored)}." if ignored else ""


def _without_placeholders(value: Any) -> Result:
    if not skeleton.is_skeleton(value):
        return value, ""
    filled, left_out = skeleton.without_placeholders(value)
    names = [[*filter(lambda token: not token.isdigit(), tokens(place))][-1] for place in left_out]
    return filled, f"Removed placeholders of the CLI skeleton: {_shortened(names)}."


def _without_comments(value: Any) -> Result:
    removed: list[str] = []
    rest = _strip_comments(value, shapes.shape(), removed)
    return rest, f"Removed comments: {_shortened(removed)}." if removed else ""


def _strip_comments(value: Any, shape: shapes.Shape, removed: list[str]) -> Any:
    if isinstance(value, list) and shape.item:
        return [_strip_comments(item, shape.item, removed) for item in value]
    if not isinstance(value, dict) or shape.kind != "object":
        return value
    removed += filter(is_note, value)
    return {
        name: _strip_comments(item, shape.members[name].shape, removed)
        if name in shape.members
        else item
        for name, item in value.items()
        if not is_note(name)
    }


def _with_maps(value: Any) -> Result:
    """Turn lists of keys and values into maps."""
    changed: list[str] = []
    mapped = _map_pairs(value, shapes.shape(), "", changed)
    return mapped, f"Read as keys and values: {_shortened(changed)}." if changed else ""


def _map_pairs(value: Any, shape: shapes.Shape, name: str, changed: list[str]) -> Any:
    if shape.kind == "map" and value and isinstance(value, list) and all(map(_is_pair, value)):
        pairs = [[str(text) for text in item.values()] for item in map(_in_order, value)]
        changed.append(name)
        keys = {key for key, _ in pairs}
        return dict(pairs) if len(keys) == len(pairs) and "" not in keys else pairs
    if isinstance(value, list) and shape.item:
        return [_map_pairs(item, shape.item, name, changed) for item in value]
    if isinstance(value, dict) and shape.kind == "object":
        return {
            member: _map_pairs(item, shape.members[member].shape, member, changed)
            if member in shape.members
            else item
            for member, item in value.items()
        }
    return value


def _is_pair(value: Any) -> bool:
    return isinstance(value, dict) and set(value) in _PAIRS


def _in_order(pair: dict[str, Any]) -> dict[str, Any]:
    return {name: pair[name] for name in sorted(pair)}


def with_regions(value: Any) -> Result:
    """Make ``distributions`` a list of objects, which no form does without.

    An expression becomes a Region whose code it is, and needs no notice.
    """
    regions = value.get("distributions", [])
    if is_marked(regions):
        return value | {"distributions": [{"region": regions}]}, ""
    if isinstance(regions, dict):
        return value | {"distributions": [regions]}, "Read distributions as a list with one Region."
    if not isinstance(regions, list):
        rest = {name: item for name, item in value.items() if name != "distributions"}
        return rest, f"Removed distributions, which isn't a list: {_shown(regions)}."
    if all(isinstance(item, dict) for item in regions):
        return value, ""
    found = [{"region": item} if isinstance(item, str) else item for item in regions]
    removed = [_shown(item) for item in found if not isinstance(item, dict)]
    kept = [item for item in found if isinstance(item, dict)]
    notice = f"Removed from distributions: {_shortened(removed)}." if removed else ""
    codes = [item for item in regions if isinstance(item, str) and not is_marked(item)]
    notice = notice or (f"Read as Regions: {_shortened(codes)}." if codes else "")
    return value | {"distributions": kept}, notice


def _shortened(names: Iterable[str]) -> str:
    """Return the names, at most ``_MAX_NAMED`` of them."""
    found = [*dict.fromkeys(names)]
    more = f" and {len(found) - _MAX_NAMED:,} more" if len(found) > _MAX_NAMED else ""
    return ", ".join(found[:_MAX_NAMED]) + more


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_LENGTH else f"{text[: _MAX_LENGTH - 1]}…"


STEPS = {
    "read-only": ImportStep(_without_read_only, is_optional=False),
    "placeholders": ImportStep(_without_placeholders),
    "comments": ImportStep(_without_comments),
    "pairs": ImportStep(_with_maps),
    "regions": ImportStep(with_regions, is_optional=False),
    "empty": ImportStep(empty_members.without_empties, is_optional=False),
}

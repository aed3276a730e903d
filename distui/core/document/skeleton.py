"""Placeholders of ``--generate-cli-skeleton``, so that what was filled in can be told from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

_MAP = {"KeyName": ""}
# Values that the skeleton presets: they mean nothing in a structure that was not filled in.
_PRESETS = {
    "service": "ECR",
    "diskImageFormat": "VMDK",
    "dataType": "aws:ec2:image",
    "enabled": True,
    "setDefaultVersion": True,
}
_ABSENT: Any = object()


def is_skeleton(value: Any) -> bool:
    """Return True if the document is based on a skeleton, and not all of it was filled in."""
    return _contains(value, _MAP) and _contains(value, [""])


def without_placeholders(value: Any) -> tuple[Any, list[str]]:
    """Return the document without its placeholders, and the pointers of what that leaves out."""
    left_out: list[Path] = []
    filled = _filled(value, shapes.shape(), (), left_out)
    return ({} if filled is _ABSENT else filled), [pointer(path) for path in left_out]


def _contains(value: Any, wanted: Any) -> bool:
    if value == wanted:
        return True
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_contains(item, wanted) for item in items)


def _filled(value: Any, shape: shapes.Shape, path: Path, left_out: list[Path]) -> Any:
    """Return the value without placeholders, ``_ABSENT`` if it has nothing else."""
    if shape.kind == "object" and isinstance(value, dict):
        before = len(left_out)
        found = dict(_members(value, shape, path, left_out))
        if all(found[name] == _PRESETS.get(name, _ABSENT) for name in found):
            del left_out[before:]  # the structure is left out as a whole
            return _ABSENT
        return found
    if shape.kind == "array" and isinstance(value, list) and shape.item:
        items = (
            _filled(item, shape.item, (*path, index), left_out) for index, item in enumerate(value)
        )
        return [item for item in items if item is not _ABSENT] or _ABSENT
    is_placeholder = value == _MAP or value == "" or (value == 0 and value is not False)
    return _ABSENT if is_placeholder else value


def _members(
    value: dict[str, Any], shape: shapes.Shape, path: Path, left_out: list[Path]
) -> Iterator[tuple[str, Any]]:
    for name, item in value.items():
        member = shape.members.get(name)
        found = _filled(item, member.shape, (*path, name), left_out) if member else item
        if found is _ABSENT:
            left_out.append((*path, name))
        else:
            yield name, found

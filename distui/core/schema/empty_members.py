"""Empty members, which the API rejects, left out of a document."""

from __future__ import annotations

from typing import Any

from distui.core.schema import shapes

_AMI = "amiDistributionConfiguration"  # empty, it asks for an AMI that the service names
_NULLS, _EMPTIES = "null values", "empty strings, lists and maps"
_ANY = shapes.Shape("", "string")


def without_empties(document: Any) -> tuple[Any, str]:
    """Return the document without nulls and empty members, and a notice of what there was, or "".

    Structures that were written empty, required members and items of lists stay.
    """
    removed: set[str] = set()
    rest = _prune(document, shapes.shape(), removed)
    kinds = " and ".join(kind for kind in (_NULLS, _EMPTIES) if kind in removed)
    return rest, f"Removed {kinds}; the API rejects them." if kinds else ""


def _prune(value: Any, shape: shapes.Shape, removed: set[str]) -> Any:
    if isinstance(value, list):
        kept = [item for item in value if item is not None]
        removed |= {_NULLS} if len(kept) < len(value) else set()
        return [_prune(item, shape.item or _ANY, removed) for item in kept]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, item in value.items():
        member = shape.members.get(name)
        inner = _prune(item, member.shape if member else _ANY, removed)
        if item is None:
            removed.add(_NULLS)
        elif member and inner in ("", [], {}) and not _may_be_empty(member, item):
            removed.add(_EMPTIES)
        else:
            found[name] = inner
    return found


def _may_be_empty(member: shapes.Member, value: Any) -> bool:
    """Return True if the empty member stays: a structure that was written empty is a finding."""
    is_structure = member.shape.kind == "object" and (not value or member.name == _AMI)
    return member.required or is_structure

"""Fixes that need the whole document: what is removed or misplaced, and what stays behind.

A fix never leaves an empty parent or removes a required member, and a member that the API has
elsewhere is moved there, never removed and never over another value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from distui.core.findings import Patch
from distui.core.pointers import pointer, resolve, tokens, value_at
from distui.core.schema import shapes
from distui.core.schema.homes import Home, homes_of
from distui.core.text.spelling import did_you_mean

Json = dict[str, Any]

_EMPTY: tuple[Any, ...] = ("", [], {}, None)
_DISTRIBUTION, _AMI = "Distribution", "AmiDistributionConfiguration"
_MAX_SIBLINGS = 100  # people don't misplace more
_NAMED_BY_THE_SERVICE = "amiDistributionConfiguration"  # means an AMI even if it is empty


def without_leftovers(document: Any, patch: Patch) -> Patch:
    """Return the patch with its removals extended to parents that they leave empty.

    Returns ``()`` if a removal would take a required member, or the last output of a Region, or
    if the place of a new value has another type than the API's.
    """
    fixed = []
    for step in patch:
        if step["op"] in ("add", "replace") and not _has_container(document, patch, step["path"]):
            return ()
        if step["op"] == "remove":
            others = [other["path"] for other in patch if other is not step]
            if not (path := _removable(document, step["path"], others)):
                return ()
            step = step | {"path": path}
        fixed.append(step)
    return tuple(fixed)


def _has_container(document: Any, patch: Patch, where: str) -> bool:
    parent = where.rpartition("/")[0]
    created = any(step["path"] == parent for step in patch)
    return created or isinstance(value_at(document, parent, None), dict | list)


def _removable(document: Any, where: str, kept: list[str]) -> str:
    """Return the pointer of what to remove, ``""`` for nothing; ``kept`` gets new values."""
    while where:
        above, name = where.rpartition("/")[0], tokens(where)[-1]
        parent, shape = resolve(document, above), shapes.shape_at(above)
        member = shape.members.get(name) if shape else None
        if member and member.required:
            return ""
        left = len(parent) - 1 or any(one.startswith(f"{above}/") for one in kept)
        is_output = shape and shape.name == _DISTRIBUTION and member
        if is_output and parent.keys() - {name} <= {"region"}:
            return ""
        if left or not shape or shape.name in (shapes.REQUEST, _AMI):
            return where
        where = above
    return ""


def unknown_member_fix(document: Any, where: str) -> Patch:
    """Return the fix of an unknown member: rename, move or remove it, or ``()``."""
    *parents, name = tokens(where)
    shape, siblings = shapes.shape_at(pointer(parents)), value_at(document, pointer(parents), None)
    if not shape or not isinstance(siblings, dict):
        return ()
    homes = homes_of(name)
    intended = did_you_mean(name, shape.members)
    if intended and homes and not _fits(siblings[name], shape.members[intended].shape):
        intended = ""  # the API's name of something else
    if intended:
        path = pointer((*parents, intended))
        return () if intended in siblings else ({"op": "move", "from": where, "path": path},)
    if not homes:
        return ({"op": "remove", "path": where},)
    free = set(homes) if len(homes) == 1 else _free_homes(document, tuple(parents), homes)
    return _moved_home(document, tuple(parents), name, free.pop()) if len(free) == 1 else ()


def _fits(value: Any, shape: shapes.Shape) -> bool:
    is_text = isinstance(value, str)
    return shapes.has_type(value, shape.kind) and (not is_text or shapes.accepts(shape, value))


def _free_homes(document: Any, parents: Home, homes: Iterable[Home]) -> set[Home]:
    """Return the homes of the name that are free, in the same Region and in none of its lists."""
    free = set()
    for home in homes:
        path = _actual_path(document, parents, home)
        if (
            path
            and "*" not in home[len(parents) :]
            and value_at(document, pointer(path), None) is None
        ):
            free.add(home)
    return free


def _moved_home(document: Any, parents: Home, name: str, home: Home) -> Patch:
    """Return the patch that moves the member, and its siblings that lack the same parent."""
    if resolve(document, pointer((*parents, name))) in _EMPTY and home[-1] != _NAMED_BY_THE_SERVICE:
        return ({"op": "remove", "path": pointer((*parents, name))},)
    path = _actual_path(document, parents, home[:-1])
    if path is None or not isinstance(value_at(document, pointer(path), {}), dict):
        return ()
    if home[-1] in value_at(document, pointer(path), {}):
        return ()
    created = list(_missing_parents(document, path))
    together = {name: home[-1]}
    if created:
        together = _same_parent(resolve(document, pointer(parents)), name, home)
    for step in created:
        shape = shapes.shape_at(step["path"])
        inside = {*together.values(), *path[len(tokens(step["path"])) :][:1]}
        if not shape or {n for n, m in shape.members.items() if m.required} - inside:
            return ()  # the new parent would lack a required member
    moves = [
        {"op": "move", "from": pointer((*parents, old)), "path": pointer((*path, new))}
        for old, new in together.items()
    ]
    return (*created, *moves, *_emptied(document, parents, len(together), path))


def _same_parent(siblings: Json, name: str, home: Home) -> dict[str, str]:
    """Return the member and the siblings whose only home is beside it, with their names there."""
    found = {name: home[-1]}
    for other in siblings if len(siblings) <= _MAX_SIBLINGS else ():
        homes = homes_of(other)
        place = next(iter(homes)) if len(homes) == 1 else ("",)
        if place[:-1] == home[:-1] and place[-1] not in found.values():
            found[other] = place[-1]
    return found


def _actual_path(document: Any, parents: Home, home: Home) -> Home | None:
    """Return the home with indices for ``*``: where the member is, or the only item of a list."""
    path: Home = ()
    for depth, name in enumerate(home):
        if name != "*":
            path = (*path, name)
        elif parents[:depth] == path and len(parents) > depth:
            path = (*path, parents[depth])
        elif isinstance(items := value_at(document, pointer(path)), list) and len(items) == 1:
            path = (*path, "0")
        else:
            return None
    return path


def _missing_parents(document: Any, path: Home) -> Iterator[Json]:
    for depth in range(1, len(path) + 1):
        where = pointer(path[:depth])
        if value_at(document, where, None) is None:
            yield {"op": "add", "path": where, "value": {}}


def _emptied(document: Any, parents: Home, count: int, kept: Home) -> Patch:
    """Return the step that removes what the moves leave empty, if anything."""
    source = resolve(document, pointer(parents))
    shape = shapes.shape_at(pointer(parents))
    if len(source) > count or not shape or shape.name in (shapes.REQUEST, _DISTRIBUTION, _AMI):
        return ()
    path = _removable(document, pointer(parents), [f"{pointer(kept)}/"])
    return ({"op": "remove", "path": path},) if path else ()

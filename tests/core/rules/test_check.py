"""The rule engine: every mistake at its place, each told once, and no document that ends it."""

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
from tests.core.rules.mistakes import AMI, DOCUMENTS, EVERYTHING, MISTAKES, D, Row, place, planted
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
def test_it_finds_exactly_what_is_wrong(case: Any) -> None:
    found = [{"rule": f.rule, "pointer": f.pointer} for f in errors(check(case["document"]))]
    assert found == case["expected"]


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_one_mistake_is_told_once(row: Row) -> None:
    told = [found for found in errors(check(planted(row))) if found.pointer == place(row)]
    known_to_tell_two = {"Region twice in another case"}
    assert len(told) == 1 or row[0] in known_to_tell_two


@pytest.mark.parametrize(
    ("where", "name", "said"),
    [
        (f"{AMI}/", "tags", "did you mean amiTags?"),
        (f"{AMI}/", "launchPermissions", "did you mean launchPermission?"),
        (f"{AMI}/", "ami_tags", "did you mean amiTags?"),
        ("/", "amiDistributionConfiguration", "It belongs in distributions."),
        (f"{AMI}/", "userIds", "It belongs in launchPermission."),
        (f"{D}/", "tags", "It belongs in the request itself."),
        ("/", "accountId", "is no member of this structure."),
    ],
)
def test_an_unknown_member_is_told_what_was_meant(where: str, name: str, said: str) -> None:
    row: Row = ("unknown", f"{where}{name}".replace("//", "/"), [], "L059")
    told = [found for found in check(planted(row)) if found.rule == "L059"]
    assert [found.message.endswith(said) for found in told] == [True]


@given(any_json)
def test_it_takes_any_json(value: Any) -> None:
    check(value)
    check({"name": value, "distributions": [value, {"region": value}], "tags": value})


@given(st.data())
def test_it_takes_a_document_with_anything_anywhere(data: Any) -> None:
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
def test_every_pointer_leads_into_the_document(document: Any) -> None:
    for found in check(document):
        assert found.pointer == "" or found.pointer.startswith("/")
        top = found.pointer.split("/")[1:2]
        assert top == [] or top[0] in shapes.shape().members


@given(valid_documents())
@settings(max_examples=50)
def test_a_remembered_distribution_is_judged_as_a_new_one(document: Any) -> None:
    first = check(document)
    again = check(document)
    clear_caches()
    assert first == again == check(copy.deepcopy(document))


def test_findings_stand_in_the_order_of_the_document() -> None:
    document = {
        "tags": {"²": "", "aws:b": ""},
        "distributions": [{"region": "nowhere"}, *[{"region": ""}] * 10],
        "name": "",
    }
    places = [found.pointer for found in check(document)]
    assert places[:3] == ["/name", "/distributions/0", "/distributions/0/region"]
    assert places.index("/distributions/2/region") < places.index("/distributions/10/region")
    assert places[-2:] == ["/tags/aws:b", "/tags/²"]


def test_what_is_missing_is_told_at_its_place_without_its_name() -> None:
    found = [f for f in check({"distributions": [{}]}) if f.missing and f.rule.startswith("L1")]
    assert {f.pointer: f.message for f in found} == {
        "/name": "This is required.",
        "/distributions/0/region": "This is required.",
    }


def test_a_missing_token_is_no_finding() -> None:
    assert "clientToken" not in EVERYTHING
    assert not any("clientToken" in found.pointer for found in check(EVERYTHING))


def test_the_reference_can_be_left_out() -> None:
    document = EVERYTHING | {"tags": {"cost centre": "4711"}}
    (found,) = errors(check(document))
    assert (found.rule, found.pointer) == ("L051", "/tags/cost centre")
    assert found.source == "API reference"
    assert "API reference" in found.message
    assert errors(check(document, Context(rules="sdk"))) == []


def test_what_both_sources_refuse_names_both() -> None:
    document = EVERYTHING | {"clientToken": "t" * 65}
    (found,) = errors(check(document))
    assert found.source == "service model and API reference"
    assert "API reference says so" not in found.message


def test_a_fix_mends_what_it_promises_to() -> None:
    document = EVERYTHING | {"name": "\u200b golden "}
    (found,) = errors(check(document))
    assert found.fix == ({"op": "replace", "path": "/name", "value": "golden"},)


def test_fixes_are_told_in_terms_of_the_whole_document() -> None:
    document = {"name": "abc", "distributions": [{"region": "eu-west-1", "AmiTags": {}}]}
    steps = [step for found in check(document) for step in found.fix]
    assert [step["path"] for step in steps] == ["/distributions/0/AmiTags"]


def test_read_only_members_of_an_answer_are_only_told() -> None:
    found = [f for f in check(EVERYTHING | {"arn": "arn:aws:x"}) if f.pointer == "/arn"]
    assert [(f.rule, f.severity) for f in found] == [("L061", Severity.INFO)]


def test_a_bomb_is_checked_as_far_as_a_person_reads() -> None:
    distribution = {"region": "eu-west-1", **{f"k{index}": 0 for index in range(5000)}}
    assert len(check({"name": "abc", "distributions": [distribution] * 3})) < 3 * 2100

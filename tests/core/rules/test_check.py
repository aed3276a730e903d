"""The rule engine: each mistake is reported once, at its place, in any document."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from distui.core import Context, Severity, check
from distui.core.findings import errors
from tests.bench.large_documents import DIMENSIONS
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
        (
            "/",
            "amiDistributionConfiguration",
            "It belongs in an entry of distributions, beside region.",
        ),
        (f"{AMI}/", "userIds", "It belongs in launchPermission."),
        (f"{D}/", "tags", "It belongs at the top level."),
        ("/", "accountId", "Unknown field accountId."),
    ],
)
def test_unknown_fields_get_a_suggestion(parent: str, name: str, end: str) -> None:
    row: Row = ("unknown", f"{parent}{name}".replace("//", "/"), [], "L059")
    (found,) = [found for found in check(planted(row)) if found.rule == "L059"]
    assert found.message.endswith(end)


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


@pytest.mark.parametrize(
    ("members", "rule", "pointer"),
    [
        ({"tags": {"cost centre": "4711"}}, "L051", "/tags/cost centre"),
        ({"tags": {"owner@team": "web"}}, "L051", "/tags/owner@team"),
        ({"clientToken": "t" * 64}, "L105", "/clientToken"),
    ],
)
def test_the_older_reference_only_warns(members: Any, rule: str, pointer: str) -> None:
    def severities(rules: Any) -> list[Severity]:
        found = [f for f in check(EVERYTHING | members, Context(rules=rules)) if f.rule == rule]
        assert all((f.pointer, f.source) == (pointer, "API reference") for f in found)
        assert all("API reference requires this; the SDK model doesn't" in f.message for f in found)
        return [f.severity for f in found]

    assert severities("current") == [Severity.WARNING]
    assert severities("reference") == [Severity.ERROR]
    assert severities("sdk") == []
    assert errors(check(EVERYTHING | members)) == []


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


@pytest.mark.parametrize(
    ("section", "members"),
    [
        ("launchTemplateConfigurations", {"setDefaultVersion": "true"}),
        ("fastLaunchConfigurations", {"maxParallelLaunches": "3"}),
    ],
)
def test_a_value_of_a_wrong_type_has_one_finding(section: str, members: Any) -> None:
    (pointer,) = (f"/distributions/0/{section}/0/{name}" for name in members)
    distribution = {"region": "eu-west-1", section: [members]}
    found = check({"name": "abc", "distributions": [distribution]})
    assert [finding.rule for finding in found if finding.pointer == pointer] == ["L101"]


def test_findings_of_hostile_documents_are_limited() -> None:
    distribution = {"region": "eu-west-1", **{f"k{index}": 0 for index in range(5000)}}
    assert len(check({"name": "abc", "distributions": [distribution] * 3})) < 3 * 2100


@pytest.mark.parametrize("name", DIMENSIONS)
def test_ten_times_the_limit_is_checked_in_a_second(name: str) -> None:
    document, start = DIMENSIONS[name](10), time.process_time()
    check(document)
    assert time.process_time() - start < 1.0

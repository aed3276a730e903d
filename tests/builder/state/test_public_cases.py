"""The public cases: what lint and an import make of inputs as people have them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from distui.builder.models import Draft
from distui.core import Finding, Severity, check
from distui.core.document.patch import apply_patch
from distui.core.findings import errors
from distui.core.formats.reader import read
from tests.documents.imported import read_document
from tests.documents.public_cases import CASES, PublicCase, public_cases

ALL = public_cases()
READABLE = [case for case in ALL if "says" not in case.expected]
PEERS = json.loads((CASES / "peers" / "INDEX.json").read_text(encoding="utf-8"))
_WRONG = ("invalid", "illustration", "synthesises", "fragment", "alias", "AWS's own", "stored by")


def having(*names: str) -> Any:
    """Parametrize over the readable cases that expect one of these."""
    found = [case for case in READABLE if any(name in case.expected for name in names)]
    return pytest.mark.parametrize("case", found, ids=str)


def lint(case: PublicCase) -> list[Finding]:
    return check(read(case.path.read_bytes()).document)


def places(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(found.rule, found.severity.value, found.pointer) for found in findings}


def test_the_cases_are_counted() -> None:
    assert len(ALL) - len(READABLE) == 1
    assert len(READABLE) == 41
    assert len(PEERS) == 50


@having("document")
def test_an_import_makes_the_document(case: PublicCase) -> None:
    draft = Draft(text=read_document(case.path.read_bytes()).text)
    state: Any = draft.state
    while fixes := [f for f in check(draft.document) if f.rule == "L059" and f.fix]:
        state = apply_patch(state, fixes[0].fix)
        draft = Draft(text=json.dumps(state))
    assert draft.document == case.expected["document"]


@having("format")
def test_the_kind_is_recognized(case: PublicCase) -> None:
    assert read(case.path.read_bytes()).kind == case.expected["format"]


@having("unresolved")
def test_unresolved_expressions_are_named(case: PublicCase) -> None:
    found = {(one.pointer, one.expression) for one in read(case.path.read_bytes()).unresolved}
    assert found == {(one["pointer"], one["reference"]) for one in case.expected["unresolved"]}


@having("findings")
def test_lint_finds_what_is_expected(case: PublicCase) -> None:
    expected = case.expected["findings"]
    found = lint(case)
    wanted = {(f["rule"], f["severity"], f["pointer"]) for f in expected}
    assert places(found) >= wanted
    if not expected:
        assert [f for f in found if f.severity is not Severity.INFO] == []
    assert {f.rule for f in errors(found)} <= {rule for rule, *_ in wanted}
    for finding in expected:
        if "fix_value" in finding:
            values = [step["value"] for f in found if f.rule == finding["rule"] for step in f.fix]
            assert finding["fix_value"] in values


def test_all_errors_of_a_mended_text_are_found_at_once() -> None:
    (case,) = (case for case in ALL if case.id.startswith("15-"))
    text = case.path.read_text(encoding="utf-8")
    text = text.replace('"1",\n', '"1"\n').replace('}\n                 "acc', '},\n"acc')
    state: Any = read(text.encode()).document
    rules = [f.rule for f in errors(check(state))]
    assert sorted(rules) == ["L040", "L041", "L059", "L059"]
    while found := [f for f in errors(check(state)) if f.fix]:
        state = apply_patch(state, found[0].fix)
    assert state == case.expected["document_after_mending"]


@having("errors")
def test_lint_finds_no_other_errors(case: PublicCase) -> None:
    assert places(errors(lint(case))) == {
        (f["rule"], "error", f["pointer"]) for f in case.expected["errors"]
    }


@having("errors_after_import")
def test_an_import_leaves_no_error(case: PublicCase) -> None:
    draft = Draft(text=read_document(case.path.read_bytes()).text)
    assert [*draft.analyze().findings.errors] == case.expected["errors_after_import"]


@pytest.mark.parametrize(
    "name",
    [peer["id"] for peer in PEERS if not peer["standing"].startswith(_WRONG)],
)
def test_a_document_that_aws_took_has_no_error(name: str) -> None:
    reading = read((CASES / "peers" / f"{name}.json").read_bytes())
    assert errors(check(reading.document)) == []

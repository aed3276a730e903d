"""A fix mends: after any offered fix its finding is gone and no error is new."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distui.core import Context, Finding, check, rules
from distui.core.document.patch import apply_patch
from distui.core.findings import Patch, errors
from tests.core.rules.mistakes import DOCUMENTS, FAST, MISTAKES, planted
from tests.core.rules.test_findings import FOUND
from tests.strategies import documents, examples

RULES = Path(rules.__file__).parent
WITH_CONTEXT = [row[:2] for row in FOUND if row[1] != Context()]
TARGET = Context(own_account="210987654321", home_region="eu-west-1")


VERSION = f"{FAST}/0/launchTemplate/launchTemplateVersion"
REGION = {"region": "eu-west-1", "amiDistributionConfiguration": {"description": "Web"}}
EXPORT = {"region": "eu-west-1", "s3ExportConfiguration": {"s3Bucket": "exports"}}


def known_documents() -> Iterator[Any]:
    for path in sorted(DOCUMENTS.rglob("*.json")):
        try:
            document = json.loads(path.read_bytes())
        except ValueError:  # a case about text that is not JSON
            continue
        if path.parent.name == "invalid":
            document = document["document"]
        if path.name not in ("expected.json", "INDEX.json"):
            yield pytest.param(document, id=f"{path.parent.name}/{path.stem}")
    yield pytest.param({"name": "web", "distributions": [REGION, EXPORT]}, id="Region twice")
    for row in MISTAKES:
        yield pytest.param(planted(row), id=row[0])
    yield pytest.param(planted(("", VERSION, "latest", "L042")), id="Version in words")
    for found in FOUND:
        yield pytest.param(found[0], id=found[2])


def broken_fixes(document: Any, context: Context) -> list[str]:
    """Return a line for each fix that leaves an error at its place or makes a new one.

    Of findings that differ only in the index, such as a thousand account IDs, one is tried.
    """
    found = check(document, context)
    one_a_kind = {_kind(finding): finding for finding in found}.values()
    return [
        f"{finding.rule} {finding.pointer}: {fix} → {problem}"
        for finding in one_a_kind
        for fix in finding.fixes
        for problem in _problems(document, context, found, finding, fix)
    ]


def _problems(
    document: Any, context: Context, found: list[Finding], finding: Finding, fix: Patch
) -> Iterator[str]:
    before = copy.deepcopy(document)
    after = errors(check(apply_patch(document, fix), context))
    assert document == before
    new = Counter(map(_kind, after)) - Counter(map(_kind, errors(found)))
    for error in after:
        # A misspelled member is unreadable until it is renamed.
        if _kind(error) in new and not error.pointer.startswith(_destinations(fix)):
            yield f"new {error.rule} {error.pointer}"
    if not _removes_item(fix):
        yield from (f"still {error.rule}" for error in after if error.pointer == finding.pointer)
    elif Counter(map(_kind, after))[_kind(finding)] >= Counter(map(_kind, found))[_kind(finding)]:
        yield "nothing removed"


def _destinations(fix: Patch) -> tuple[str, ...]:
    return tuple(step["path"] for step in fix if step["op"] == "move")


def _kind(finding: Finding) -> tuple[str, str]:
    """Return the rule and the pointer without indices, which a removed item changes."""
    return finding.rule, re.sub(r"/[0-9]+(?=/|\Z)", "/*", finding.pointer)


def _removes_item(fix: Patch) -> bool:
    """Return True if the items after the removed one move up."""
    return any(step["op"] == "remove" and re.search(r"/[0-9]+\Z", step["path"]) for step in fix)


def test_a_fix_of_each_rule_is_tried() -> None:
    with_fix = {
        path.name[:4].upper() for path in RULES.glob("l*.py") if "fix=" in path.read_text("utf-8")
    }
    known = [
        (row.values[0], context) for row in known_documents() for context in (Context(), TARGET)
    ]
    found = [f for document, context in known + WITH_CONTEXT for f in check(document, context)]
    assert with_fix <= {finding.rule for finding in found if finding.fixes}


@pytest.mark.parametrize(("document", "context"), WITH_CONTEXT)
def test_every_fix_in_a_context_mends(document: Any, context: Context) -> None:
    assert broken_fixes(document, context) == []


@pytest.mark.parametrize("document", known_documents())
@pytest.mark.parametrize("context", [Context(), TARGET], ids=["alone", "target"])
def test_every_fix_mends(document: Any, context: Context) -> None:
    assert broken_fixes(document, context) == []


@examples(1)
@given(documents(), st.sampled_from([Context(), TARGET]))
def test_every_fix_of_a_drawn_document_mends(document: Any, context: Context) -> None:
    assert broken_fixes(document, context) == []

"""Bounds of other formats: what is too much is refused soon, and without much memory."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from distui.core.formats.reader import read
from tests.core.formats.too_much import TOO_MUCH, TYPE
from tests.product import ROOT

REASON = ("more than", "exceeds", "More than", "too many levels", "not JSON", "Invalid JSON")


def template_of(name: Any, **more: Any) -> str:
    """Return a template of CloudFormation with a name."""
    resource = {"Type": TYPE, "Properties": {"Name": name, "Distributions": []}}
    return json.dumps({"Resources": {"X": resource}} | more)


def test_conditions_are_evaluated_once() -> None:
    both = {f"C{n}": {"Fn::And": [{"Condition": f"C{n + 1}"}] * 2} for n in range(40)}
    conditions = both | {"C40": {"Fn::Equals": ["a", "a"]}, "Own": {"Condition": "Own"}}
    name = {"Fn::If": ["C0", "a", "b"]}
    assert read(template_of(name, Conditions=conditions)).document["name"] == "a"
    found = read(template_of({"Fn::If": ["Own", "a", "b"]}, Conditions=conditions))
    assert len(found.unresolved) == 1


@pytest.fixture(scope="module")
def refusals() -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.core.formats.too_much"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return {found["name"]: found for found in map(json.loads, ran.stdout.splitlines())}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_refused(name: str, refusals: dict[str, Any]) -> None:
    found = refusals[name]
    assert any(reason in found["reason"] for reason in REASON), found
    assert found["seconds"] < 1.5, found
    assert found["megabytes"] < 100, found

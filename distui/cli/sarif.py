"""SARIF 2.1.0, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from distui.cli.findings import Located
from distui.core import Finding, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Json = dict[str, Any]


def sarif_log(findings: Sequence[Located], unreadable: Sequence[tuple[str, str]]) -> Json:
    """Return the log of a run."""
    rules = {one.finding.rule: one.finding for one in findings}
    notifications = [
        {"level": "error", "message": {"text": why}, "locations": [{"physicalLocation": _in(file)}]}
        for file, why in unreadable
    ]
    run = {
        "tool": {"driver": _driver([*rules.values()])},
        "invocations": [
            {"executionSuccessful": not unreadable, "toolExecutionNotifications": notifications}
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, [*rules].index(one.finding.rule)) for one in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(rules: list[Finding]) -> Json:
    return {
        "name": "distui",
        "version": _version(),
        "rules": [
            {"id": found.rule} | ({"help": {"text": found.why}} if found.why else {})
            for found in rules
        ],
    }


def _version() -> str:
    try:
        return version("distui")
    except PackageNotFoundError:
        return "0"  # a checkout that isn't installed


def _result(one: Located, index: int) -> Json:
    region = {"startLine": one.line, "startColumn": one.column}
    return {
        "ruleId": one.finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.finding.severity],
        "message": {"text": one.finding.message},
        "locations": [
            {
                "physicalLocation": _in(one.file) | {"region": region},
                "logicalLocations": [{"fullyQualifiedName": f"{one.title}{one.finding.pointer}"}],
            }
        ],
        "partialFingerprints": {"pointer/v1": f"{one.finding.rule}:{one.finding.pointer}"},
    }


def _in(file: str) -> Json:
    return {"artifactLocation": {"uri": quote(file)}}

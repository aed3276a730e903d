"""The collection of rules and the page generated from them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from distui.core.rules import registry
from distui.core.rules.__main__ import page
from distui.core.rules.registry import RULES
from distui.core.schema import pattern_messages, shapes
from distui.core.schema.keyword_rules import SCHEMA_RULES, UNRESOLVED

ROOT = Path(__file__).parents[3]


def test_ids_are_unique_and_name_the_files() -> None:
    files = {path.stem for path in Path(registry.__file__).parent.glob("l*.py")}
    assert files == {f"{rule.id.lower()}_{rule.check.__name__}" for rule in RULES}
    ids = [rule.id for rule in (*RULES, *SCHEMA_RULES, UNRESOLVED)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("L[0-9]{3}", id) for id in ids)
    assert not {"L002", "L045", "L049", "L052", "L058"} & set(ids)  # never used, docs/decisions.md


def test_rule_files_have_at_most_60_lines() -> None:
    for path in Path(registry.__file__).parent.glob("l*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path.name


def test_every_rule_has_a_reason_and_evidence() -> None:
    for rule in RULES:
        assert rule.title
        assert rule.why.endswith(".")
        assert rule.evidence


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page()


def test_the_package_prints_the_page() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "distui.core.rules"], cwd=ROOT, capture_output=True, check=True
    )
    assert printed.stdout.decode() == page()


def test_every_rule_has_a_section() -> None:
    for rule in (*RULES, *SCHEMA_RULES):
        assert page().count(f"\n## {rule.id} {rule.title}\n") == 1


def every_pattern() -> list[str]:
    found = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(shapes.schema()))
    assert len(found) >= 10
    return [json.loads(text) for text in found]


def test_every_pattern_has_a_message_and_a_rule() -> None:
    for pattern in every_pattern():
        assert "must match" not in pattern_messages.requirement(pattern)
        assert pattern_messages.rule_id(pattern) != "L106"


@pytest.mark.parametrize(
    ("value", "predicate"),
    [
        ("golden.image", "contains “.”. Use 3 to 128 letters"),
        ("ab", "isn't valid. Use 3 to 128 letters"),
        ("gol\u200bden", "contains U+200B (zero width space). Use"),
    ],
)
def test_a_mismatch_names_the_disallowed_character(value: str, predicate: str) -> None:
    (pattern,) = [text for text in every_pattern() if pattern_messages.rule_id(text) == "L001"][:1]
    assert pattern_messages.describe_mismatch(pattern, value).startswith(predicate)


def test_max_length_agrees_with_the_pattern() -> None:
    limits = {
        text: limit for text in every_pattern() if (limit := pattern_messages.max_length(text))
    }
    assert limits
    for text, limit in limits.items():
        assert re.fullmatch(text, "a" * limit)
        assert not re.fullmatch(text, "a" * (limit + 1))

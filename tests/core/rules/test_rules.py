"""The rules as a set, and the page that is written from them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from hypothesis import given

from distui.core import check
from distui.core.rules import registry
from distui.core.rules.__main__ import page
from distui.core.rules.registry import RULES
from distui.core.schema import pattern_messages, shapes
from distui.core.schema.keyword_rules import SCHEMA_RULES
from tests.strategies import documents

ROOT = Path(__file__).parents[3]


def test_ids_are_unique_and_their_files_are_named_after_them() -> None:
    files = {path.stem for path in Path(registry.__file__).parent.glob("l*.py")}
    assert files == {f"{rule.id.lower()}_{rule.check.__name__}" for rule in RULES}
    ids = [rule.id for rule in (*RULES, *SCHEMA_RULES)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("L[0-9]{3}", id) for id in ids)


def test_a_rule_fits_on_a_page() -> None:
    for path in Path(registry.__file__).parent.glob("l*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path.name


def test_every_rule_says_why_and_on_what_grounds() -> None:
    for rule in RULES:
        assert rule.title
        assert rule.why.endswith(".")
        assert rule.evidence


def test_the_page_of_the_rules_is_up_to_date() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page()


def test_the_page_is_printed_by_the_package() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "distui.core.rules"], cwd=ROOT, capture_output=True, check=True
    )
    assert printed.stdout.decode() == page()


def test_every_rule_has_its_section_on_the_page() -> None:
    for rule in (*RULES, *SCHEMA_RULES):
        assert page().count(f"\n## {rule.id} {rule.title}\n") == 1


def every_pattern() -> list[str]:
    found = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(shapes.schema()))
    assert len(found) >= 10
    return [json.loads(text) for text in found]


def test_every_pattern_of_the_schema_has_a_sentence() -> None:
    for pattern in every_pattern():
        assert "does not match" not in pattern_messages.sentence_for(pattern)
        assert pattern_messages.rule_id(pattern) != "L106"


def test_the_longest_text_of_a_pattern_is_what_the_pattern_takes() -> None:
    limits = {
        text: limit for text in every_pattern() if (limit := pattern_messages.max_length(text))
    }
    assert limits
    for text, limit in limits.items():
        assert re.fullmatch(text, "a" * limit)
        assert not re.fullmatch(text, "a" * (limit + 1))


@given(documents())
def test_every_finding_has_a_page_and_a_sentence(document: Any) -> None:
    for finding in check(document):
        assert f"\n## {finding.rule} " in page()
        assert finding.message.endswith((".", "?")) or "/" in finding.message
        assert finding.source

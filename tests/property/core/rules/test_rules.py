"""Findings of any document name their rule's section."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from distui.core import check
from distui.core.rules.__main__ import page
from tests.strategies import documents


@given(documents())
def test_every_finding_has_a_section_and_a_message(document: Any) -> None:
    for finding in check(document):
        assert f"\n## {finding.rule} " in page()
        assert finding.message.endswith((".", "?")) or "/" in finding.message
        assert finding.source

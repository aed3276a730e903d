"""Printing any document."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from distui.core.document.printing import dumps, in_api_order
from distui.core.document.strict_json import parse
from distui.core.schema import shapes
from tests.strategies import documents


@given(documents())
def test_it_prints_members_in_api_order(document: Any) -> None:
    members = in_api_order(document, shapes.shape())
    assert members == document
    assert dumps(document) == json.dumps(members, indent=2, ensure_ascii=False)


@given(documents())
def test_the_printed_text_parses_to_the_document(document: Any) -> None:
    assert parse(dumps(document)) == document
    assert parse(dumps(document).encode()) == document

"""Printing of JSON values as Python literals, a member a line as JSON has them."""

from __future__ import annotations

import json
from typing import Any


def python_literal(value: Any, indent: str = "") -> str:
    """Return the literal; its lines but the first are indented."""
    inner = f"{indent}    "
    if isinstance(value, dict) and value:
        rows = [f"{_text(key)}: {python_literal(item, inner)}" for key, item in value.items()]
        return "{\n" + "".join(f"{inner}{row},\n" for row in rows) + indent + "}"
    if isinstance(value, list) and value:
        items = [python_literal(item, inner) for item in value]
        return "[\n" + "".join(f"{inner}{item},\n" for item in items) + indent + "]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """Return a text in double quotes: JSON's escapes mean the same in Python."""
    return json.dumps(text, ensure_ascii=False)

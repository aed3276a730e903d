"""Python values as ``print`` shows them: what people copy from a boto3 session."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

from distui.core.document.parse_error import ParseError, SyntaxProblem

MAX_LENGTH = 1_000_000  # characters
_MAX_VALUES = 80_000  # Python's parser takes a kilobyte for each
_MAX_DEPTH = 12
_BEGINNING = re.compile(r"\s*[{\[(]\s*(?:'|[{\[(]\s*')")
NOT_JSON = "This is a Python value, not JSON. Print it with json.dumps"


def looks_like_python(text: str, offset: int = 0) -> bool:
    """Return True if a printed dict or list begins at the offset."""
    return bool(_BEGINNING.match(text, offset))


def parse_python(text: str) -> Any:
    """Return the value: dicts with text keys, lists, tuples, texts, numbers, booleans and None.

    Nothing is evaluated. Raises ``ParseError`` for anything else, such as a call.
    """
    if len(text) > MAX_LENGTH or text.count(",") + text.count("[") > _MAX_VALUES:
        raise ParseError(f"{NOT_JSON}.")
    try:
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            tree = ast.parse(text.strip(), mode="eval")
        return _value(tree.body, 0)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line, column = getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
        problem = SyntaxProblem("can't be read", line, column)
        raise ParseError(f"{NOT_JSON}: {problem}.", [problem], text.strip()) from error


def _value(node: ast.expr, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise _Unreadable(node)
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str() as value):
            return value
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_value(item, depth + 1) for item in items]
        case ast.Dict(keys=keys, values=values):
            found: dict[str, Any] = {}
            for key, item in zip(keys, values, strict=True):
                if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                    raise _Unreadable(key or item)
                if key.value in found:
                    raise _Unreadable(key)
                found[key.value] = _value(item, depth + 1)
            return found
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
    raise _Unreadable(node)


class _Unreadable(ValueError):
    """An expression that isn't a plain value."""

    def __init__(self, node: ast.expr) -> None:
        super().__init__()
        self.lineno, self.offset = node.lineno, node.col_offset + 1

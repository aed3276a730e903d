"""HCL as bodies of attributes and blocks, parsed by python-hcl2's grammar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from distui.core.document.parse_error import ParseError, SyntaxProblem

MAX_LENGTH = 1_000_000  # characters; the parser reads some 300,000 in a second
_NEWLINE = "new_line_or_comment"


@dataclass
class Attribute:
    """``name = expression``, and where it is."""

    expression: Any
    line: int
    column: int


@dataclass
class Block:
    """``type "label" { … }``, and where it is."""

    type: str
    labels: tuple[str, ...]
    body: Body
    line: int
    column: int


@dataclass
class Body:
    """The attributes and the blocks between two braces."""

    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def blocks_of(self, type: str) -> Iterator[Block]:
        """Yield the blocks of a type."""
        return (block for block in self.blocks if block.type == type)


def parse_hcl(text: str) -> Body:
    """Return the body of a file. Raises ``ParseError`` for what isn't HCL."""
    # Imported here: it takes longer than linting a JSON document.
    from hcl2.parser import parser
    from lark.exceptions import LarkError

    if len(text) > MAX_LENGTH:
        raise ParseError(f"HCL of more than {MAX_LENGTH // 1_000_000} MB can't be read.")
    try:
        tree = parser().parse(text if text.endswith("\n") else f"{text}\n")
        return _body(tree.children[0])
    except LarkError as error:
        line, column = max(getattr(error, "line", 1), 1), max(getattr(error, "column", 1), 1)
        problem = SyntaxProblem("unexpected text", line, column)
        raise ParseError(f"Invalid HCL: {problem}.", [problem], text) from error
    except RecursionError as error:
        raise ParseError("The document has too many levels.") from error


def parts(tree: Any) -> list[Any]:
    """Return the subtrees of a tree without its tokens, line breaks and comments."""
    return [child for child in tree.children if hasattr(child, "data") and child.data != _NEWLINE]


def name_of(tree: Any) -> str:
    """Return the text of an identifier, a keyword, a literal or a string without expressions."""
    if tree.data == "string":
        return "".join(str(part.children[0]) for part in parts(tree))
    return str(tree.children[0])


def _body(tree: Any) -> Body:
    body = Body()
    for part in parts(tree):
        line, column = part.meta.line, part.meta.column
        if part.data == "attribute":
            name, expression = parts(part)
            if name_of(name) in body.attributes:
                raise ParseError(
                    f"{SyntaxProblem(f'Duplicate argument {name_of(name)}', line, column)}."
                )
            body.attributes[name_of(name)] = Attribute(expression, line, column)
        else:
            type_, *labels, inner = parts(part)
            names = tuple(map(name_of, labels))
            body.blocks.append(Block(name_of(type_), names, _body(inner), line, column))
    return body

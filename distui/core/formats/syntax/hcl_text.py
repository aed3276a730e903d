"""HCL as bodies of attributes and blocks, parsed by python-hcl2's grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from distui.core.document.parse_error import ParseError, SyntaxProblem

MAX_LENGTH = 1_000_000  # characters
_MAX_MARKS = 30_000  # line breaks, commas and so on: the parser reads as many in a second
_NEWLINE = "new_line_or_comment"
_MAX_CACHED = 500  # characters of an expression
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_OPENING = re.compile(r"\$\$\{|%%\{|\$\{|%\{")
# An escape that the library's grammar would end elsewhere: at no brace, or behind an expression.
_UNREAD_ESCAPE = re.compile(r'(?:\$\$|%%)\{(?![^}"\\\n$%]*\})')
_INSIDE = re.compile(r'[{}]|"(?:[^"\\]++|\\.)*+"?|[^{}"]++', re.DOTALL)


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
    from lark.exceptions import LarkError  # imported here: it takes longer than linting JSON

    if len(text) > MAX_LENGTH or sum(map(text.count, "\n,=[{(")) > _MAX_MARKS:
        raise ParseError(
            f"HCL of more than {MAX_LENGTH // 1_000_000} MB or some {_MAX_MARKS:,} values can't be"
            " read. Keep only the resource, or use the output of terraform show -json."
        )
    try:
        tree = _parser(text).parse(text if text.endswith("\n") else f"{text}\n")
        return _body(tree.children[0])
    except LarkError as error:
        line, column = max(getattr(error, "line", 1), 1), max(getattr(error, "column", 1), 1)
        problem = SyntaxProblem("unexpected text", line, column)
        raise ParseError(f"Invalid HCL: {problem}.", [problem], text) from error
    except RecursionError as error:
        raise ParseError("The document has too many levels.") from error


def _parser(text: str) -> Any:
    """Return the library's parser, or ours if the library would misread an escape of the text."""
    from hcl2.parser import parser

    return _parser_of_escapes() if _UNREAD_ESCAPE.search(text) else parser()


@cache  # building it takes a second; the library stores its own in a file
def _parser_of_escapes() -> Any:
    """Return a parser whose escapes ``$${`` and ``%%{`` end there.

    Those of the library's grammar continue until a brace, which can be in another value.
    """
    from hcl2.postlexer import PostLexer
    from lark import Lark

    grammar = files("hcl2").joinpath("hcl2.lark").read_text()
    for escape in (r"\$\$\{", r"%%\{"):
        grammar = grammar.replace(rf"/{escape}[^}}]*\}}/", f"/{escape}/")
    return Lark(grammar, parser="lalr", propagate_positions=True, postlex=PostLexer())


def parse_expression(text: str) -> tuple[str, Attribute]:
    """Return an attribute with the expression and the text of both. Raises ``ParseError``."""
    source = f"x = {text}\n"
    parse = _parsed if len(text) <= _MAX_CACHED else _parsed.__wrapped__
    return source, parse(source)


@lru_cache(maxsize=256)  # locals are evaluated at each use
def _parsed(source: str) -> Attribute:
    return parse_hcl(source).attributes["x"]


def template_parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a template, and True for expressions. Raises ``ParseError``."""
    literal, position = "", 0
    while opening := _OPENING.search(text, position):
        literal += text[position : opening.start()]
        position = opening.end()
        if opening[0] in ("$${", "%%{"):
            literal += opening[0][1:]
            continue
        if opening[0] == "%{":
            raise ParseError("A directive of a template can't be evaluated.")
        if literal:
            yield False, literal
        end = _end_of_expression(text, position)
        yield True, text[position : end - 1].strip()
        literal, position = "", end
    literal += text[position:]
    if literal:
        yield False, literal


def _end_of_expression(text: str, start: int) -> int:
    """Return the offset behind the brace that closes an expression. Raises ``ParseError``."""
    depth = 1
    for piece in _INSIDE.finditer(text, start):
        depth += (piece[0] == "{") - (piece[0] == "}")
        if not depth:
            return piece.end()
    raise ParseError("An expression of a template doesn't end.")


def unescaped(text: str) -> str:
    """Return a part of a text in quotes without its escapes; what is none stays as it is."""
    if text.startswith(("$${", "%%{")):
        return text[1:]
    return _ESCAPE.sub(_escaped_character, text)


def _escaped_character(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return chr(int(code, 16))
    return _ESCAPED.get(found[3], found[0])


def parts(tree: Any) -> list[Any]:
    """Return the subtrees of a tree without its tokens, line breaks and comments."""
    return [child for child in tree.children if hasattr(child, "data") and child.data != _NEWLINE]


def unwrapped(tree: Any) -> Any:
    """Return the inner tree of a term, without parentheses."""
    while tree.data == "expr_term":
        (tree,) = parts(tree)
    return tree


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

"""Expressions of HCL: those whose values are in the text are evaluated, others kept as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from distui.core.document.parse_error import ParseError
from distui.core.formats.syntax.hcl_functions import FUNCTIONS
from distui.core.formats.syntax.hcl_text import Attribute, Body, name_of, parts
from distui.core.formats.syntax.nodes import Budget, Node, from_value, plain_value

Scope = Mapping[str, Node | Callable[[str], Node | None]]  # a function looks an attribute up

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: float(a) > float(b),
    "<": lambda a, b: float(a) < float(b),
    ">=": lambda a, b: float(a) >= float(b),
    "<=": lambda a, b: float(a) <= float(b),
    "&&": lambda a, b: a and b,
    "||": lambda a, b: a or b,
}


@dataclass
class Evaluator:
    """Evaluates expressions of a text; ``budget`` is shared by all of one text."""

    source: str
    scope: Scope
    budget: Budget

    def within(self, scope: Scope) -> Evaluator:
        """Return an evaluator that knows these names too."""
        return Evaluator(self.source, {**self.scope, **scope}, self.budget)

    def attribute(self, attribute: Attribute) -> Node:
        """Return the value of an attribute, at the place of its name."""
        return self.value(attribute.expression).at(
            Node("null", "", attribute.line, attribute.column)
        )

    def value(self, tree: Any, depth: int = 1) -> Node:
        """Return the value of an expression; of kind ``expression`` if the text doesn't have it."""
        self.budget.take(depth)
        method = getattr(self, f"_{tree.data}", None)
        try:
            found = method(tree, depth) if method else None
        except ParseError:
            raise
        except (ArithmeticError, LookupError, TypeError, ValueError):
            found = None
        place = Node("expression", self._text(tree), tree.meta.line, tree.meta.column)
        return found.at(place) if found else place

    def _text(self, tree: Any) -> str:
        return " ".join(self.source[tree.meta.start_pos : tree.meta.end_pos].split())

    def _expr_term(self, tree: Any, depth: int) -> Node:
        return self.value(parts(tree)[0], depth)

    def _identifier(self, tree: Any, depth: int) -> Node | None:
        found = self.scope.get(name_of(tree))
        return found if isinstance(found, Node) else None

    def _literal_value(self, tree: Any, depth: int) -> Node:
        name = name_of(tree)
        return Node("null", "") if name == "null" else Node("boolean", name)

    def _int_lit(self, tree: Any, depth: int) -> Node:
        return Node("number", str(tree.children[0]))

    _float_lit = _int_lit

    def _string(self, tree: Any, depth: int) -> Node | None:
        found = [self._string_part(part, depth) for part in parts(tree)]
        if len(found) == 1 and found[0] and found[0].kind != "text":
            return found[0]  # "${var.list}" is the list itself
        texts = [part.value if part and isinstance(part.value, str) else None for part in found]
        known = all(part and part.kind != "expression" for part in found)
        if not known or None in texts:
            return None
        self.budget.take_text(map(str, texts))
        return self._result("".join(map(str, texts)), tree)

    def _string_part(self, part: Any, depth: int) -> Node | None:
        inner = part.children[0]
        if not hasattr(inner, "data"):
            return Node("text", _unescaped(str(inner)))
        return self.value(parts(inner)[0], depth + 1) if inner.data == "interpolation" else None

    def _heredoc_template(self, tree: Any, depth: int) -> Node | None:
        text = str(tree.children[0])
        if "${" in text or "%{" in text:
            return None
        lines = text.rstrip("\n").split("\n")[1:-1]
        if tree.data.endswith("trim"):
            indent = min((len(ln) - len(ln.lstrip()) for ln in lines if ln.strip()), default=0)
            lines = [line[indent:] for line in lines]
        return Node("text", "".join(f"{line}\n" for line in lines))

    _heredoc_template_trim = _heredoc_template

    def _tuple(self, tree: Any, depth: int) -> Node:
        return Node("list", [self.value(part, depth + 1) for part in parts(tree)])

    def _object(self, tree: Any, depth: int) -> Node | None:
        found = {}
        for element in parts(tree):
            key, expression = parts(element)
            name = self._key(parts(key)[0], depth)
            if name is None:
                return None
            place = Node("null", "", element.meta.line, element.meta.column)
            found[name] = self.value(expression, depth + 1).at(place)
        return Node("mapping", found)

    def _key(self, tree: Any, depth: int) -> str | None:
        inner = parts(tree)[0] if tree.data == "expr_term" and len(parts(tree)) == 1 else tree
        if inner.data in ("identifier", "keyword"):
            return name_of(inner)
        value = self.value(tree, depth + 1)
        return value.text if value.kind in ("text", "number") else None

    def _get_attr_expr_term(self, tree: Any, depth: int) -> Node | None:
        base, index = parts(tree)
        name = name_of(parts(index)[0])
        identifier = parts(base)[0] if base.data == "expr_term" else base
        if identifier.data == "identifier":
            found = self.scope.get(name_of(identifier))
            if callable(found):
                return found(name)
        node: Node | None = self.value(base, depth + 1).entries().get(name)
        return node

    def _index_expr_term(self, tree: Any, depth: int) -> Node | None:
        base, index = parts(tree)
        node = self.value(base, depth + 1)
        if index.data == "short_index":
            key = str(index.children[-1])
        else:
            key = self.value(parts(index)[0], depth + 1).text
        found: Node = node.items()[int(key)] if node.kind == "list" else node.entries()[key]
        return found

    def _for_tuple_expr(self, tree: Any, depth: int) -> Node:
        intro, value, *conditions = parts(tree)
        inside = self._iterations(intro, conditions, depth)
        return Node("list", [evaluator.value(value, depth + 1) for evaluator in inside])

    def _for_object_expr(self, tree: Any, depth: int) -> Node | None:
        if "..." in tree.children:  # groups values
            return None
        intro, key, value, *conditions = parts(tree)
        found = {}
        for evaluator in self._iterations(intro, conditions, depth):
            name = evaluator.value(key, depth + 1)
            if name.kind not in ("text", "number"):
                raise ValueError(name.value)
            found[name.text] = evaluator.value(value, depth + 1)
        return Node("mapping", found)

    def _iterations(self, intro: Any, conditions: list[Any], depth: int) -> Iterator[Evaluator]:
        """Yield an evaluator for each element of a ``for`` that its condition keeps."""
        *names, over = parts(intro)
        node = self.value(over, depth + 1)
        if node.kind not in ("list", "mapping"):
            raise ValueError(node.value)
        elements = [(Node("number", str(index)), item) for index, item in enumerate(node.items())]
        elements += [(Node("text", key), item) for key, item in sorted(node.entries().items())]
        for pair in elements:
            scope = dict(zip(map(name_of, names), pair[-len(names) :], strict=True))
            evaluator = self.within(scope)
            kept = [evaluator._known(parts(one)[0], depth) for one in conditions]
            if any(not isinstance(known, bool) for known in kept):
                raise ValueError(kept)
            if all(kept):
                yield evaluator

    def _conditional(self, tree: Any, depth: int) -> Node | None:
        condition, yes, no = parts(tree)
        known = self._known(condition, depth)
        return self.value(yes if known else no, depth + 1) if isinstance(known, bool) else None

    def _binary_op(self, tree: Any, depth: int) -> Node:
        left, term = parts(tree)
        operator, right = parts(term)
        compare = _COMPARISONS[str(operator.children[0]).strip()]
        return self._result(compare(self._known(left, depth), self._known(right, depth)), tree)

    def _unary_op(self, tree: Any, depth: int) -> Node:
        known = self._known(parts(tree)[0], depth)
        if str(tree.children[0]) == "!" and isinstance(known, bool):
            return self._result(not known, tree)
        return Node("number", f"-{float(known):g}")

    def _function_call(self, tree: Any, depth: int) -> Node:
        name, *rest = parts(tree)
        arguments = parts(rest[0]) if rest else []
        known = (self._known(argument, depth) for argument in arguments)
        return self._result(FUNCTIONS[name_of(name)](*known), tree)

    def _known(self, tree: Any, depth: int) -> Any:
        """Return a JSON value. Raises ``ValueError`` if the text doesn't have it."""
        node = self.value(tree, depth + 1)
        if _has_expression(node):
            raise ValueError(node.value)
        return plain_value(node)

    def _result(self, value: Any, tree: Any) -> Node:
        """Return the node of a computed value at its expression, and count its size."""
        node = from_value(value, Node("null", "", tree.meta.line, tree.meta.column))
        self.budget.take_result(node)
        return node


def scope_of_file(body: Body, evaluator: Evaluator) -> Scope:
    """Return the scope of a file: the defaults of its variables, and its locals."""
    defaults = {
        block.labels[0]: block.body.attributes["default"]
        for block in body.blocks_of("variable")
        if block.labels and "default" in block.body.attributes
    }
    values = {
        name: attribute
        for block in body.blocks_of("locals")
        for name, attribute in block.body.attributes.items()
    }
    return scope_of(
        evaluator,
        lambda name: evaluator.attribute(defaults[name]) if name in defaults else None,
        {name: partial(Evaluator.attribute, attribute=item) for name, item in values.items()},
    )


def scope_of(
    evaluator: Evaluator,
    default_of: Callable[[str], Node | None],
    values: Mapping[str, Callable[[Evaluator], Node]],
) -> Scope:
    """Return the scope of variables' defaults and of locals, which can use both."""
    open_names: set[str] = set()

    def local_of(name: str) -> Node | None:
        if name not in values or name in open_names:  # unknown, or defined by itself
            return None
        open_names.add(name)
        try:
            return values[name](evaluator.within(scope))
        finally:
            open_names.discard(name)

    scope: Scope = {"var": default_of, "local": local_of}
    return scope


def _has_expression(node: Node) -> bool:
    inner = [*node.entries().values(), *node.items()]
    return node.kind == "expression" or any(map(_has_expression, inner))


def _unescaped(text: str) -> str:
    if text.startswith(("$${", "%%{")):
        return text[1:]
    return _ESCAPE.sub(_escaped_character, text)


def _escaped_character(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return chr(int(code, 16))
    return {"n": "\n", "r": "\r", "t": "\t"}.get(found[3], found[3])

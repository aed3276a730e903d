"""Expressions of HCL: those whose values are in the text are evaluated, others kept as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from distui.core.document.parse_error import ParseError
from distui.core.formats.syntax.hcl_functions import FUNCTIONS, NODE_FUNCTIONS, OPERATORS
from distui.core.formats.syntax.hcl_text import (
    Attribute,
    name_of,
    parse_expression,
    parts,
    template_parts,
    unescaped,
    unwrapped,
)
from distui.core.formats.syntax.nodes import (
    Budget,
    Node,
    add_entry,
    from_value,
    has_expression,
    place_of,
    placed,
    plain_value,
    written_value,
)

Scope = Mapping[str, Node | Callable[[str], Node | None]]  # a function looks an attribute up


class _NoSuchKey(LookupError):
    """A map whose keys are known doesn't have one: ``try`` continues with its next argument."""


@dataclass
class Evaluator:
    """Evaluates expressions of a text; ``budget`` is shared by all of one text."""

    source: str
    scope: Scope
    budget: Budget
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: FUNCTIONS)

    def within(self, scope: Scope) -> Evaluator:
        """Return an evaluator that knows these names too."""
        return replace(self, scope={**self.scope, **scope})

    def attribute(self, attribute: Attribute) -> Node:
        """Return the value of an attribute, at the place of its name."""
        return self.value(attribute.expression).at(place_of(attribute))

    def template(self, text: str) -> Node:
        """Return the value of a template, an expression if a part of it has none."""
        if "${" not in text and "%{" not in text:
            return Node("text", text)
        try:
            found = [
                self._of_template(part) if is_expression else Node("text", part)
                for is_expression, part in template_parts(text)
            ]
        except ParseError:
            return Node("expression", text)
        if len(found) == 1:
            self.budget.take_result(found[0])
            return found[0]
        if any(part.kind == "expression" or not isinstance(part.value, str) for part in found):
            return Node("expression", text)
        self.budget.take_text(part.value for part in found)
        return Node("text", "".join(part.value for part in found))

    def _of_template(self, text: str) -> Node:
        source, attribute = parse_expression(text)
        return replace(self, source=source).attribute(attribute)

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
        known = [p for p in found if p and p.kind != "expression" and isinstance(p.value, str)]
        if len(known) < len(found):
            return None
        self.budget.take_text(part.value for part in known)
        return self._result("".join(part.value for part in known), tree)

    def _string_part(self, part: Any, depth: int) -> Node | None:
        inner = part.children[0]
        if not hasattr(inner, "data"):
            return Node("text", unescaped(str(inner)))
        return self.value(parts(inner)[0], depth + 1) if inner.data == "interpolation" else None

    def _heredoc_template(self, tree: Any, depth: int) -> Node | None:
        lines = str(tree.children[0]).replace("\r\n", "\n").rstrip("\n").split("\n")[1:-1]
        if tree.data.endswith("trim"):
            indent = min((len(ln) - len(ln.lstrip()) for ln in lines if ln.strip()), default=0)
            lines = [line[indent:] for line in lines]
        found = self.template("".join(f"{line}\n" for line in lines))
        return found if found.kind != "expression" else None

    _heredoc_template_trim = _heredoc_template

    def _tuple(self, tree: Any, depth: int) -> Node:
        return Node("list", [self.value(part, depth + 1) for part in parts(tree)])

    def _object(self, tree: Any, depth: int) -> Node:
        found: dict[str, Node] = {}
        for element in parts(tree):
            key, expression = parts(element)
            name = self._key(parts(key)[0], depth)
            add_entry(found, name, self.value(expression, depth + 1).at(place_of(element.meta)))
        return Node("mapping", found)

    def _key(self, tree: Any, depth: int) -> str:
        inner = parts(tree)[0] if tree.data == "expr_term" and len(parts(tree)) == 1 else tree
        if inner.data in ("identifier", "keyword"):
            return name_of(inner)
        value = self.value(tree, depth + 1)
        if value.kind not in ("text", "number"):
            raise ValueError(value.value)
        return value.text

    def _get_attr_expr_term(self, tree: Any, depth: int) -> Node | None:
        base, index = parts(tree)
        name = name_of(parts(index)[0])
        identifier = parts(base)[0] if base.data == "expr_term" else base
        if identifier.data == "identifier":
            found = self.scope.get(name_of(identifier))
            if callable(found):
                return found(name)
        return self._element(self.value(base, depth + 1), index, depth)

    def _index_expr_term(self, tree: Any, depth: int) -> Node:
        base, index = parts(tree)
        return self._element(self.value(base, depth + 1), index, depth)

    def _element(self, node: Node, index: Any, depth: int) -> Node:
        """Return the element by ``.name``, ``.0`` or ``[key]``. Raises ``LookupError``."""
        if index.data == "get_attr":
            key = name_of(parts(index)[0])
        elif index.data == "short_index":
            key = str(index.children[-1])
        else:
            key = self.value(parts(index)[0], depth + 1).text
        if node.kind == "list":
            return node.value[int(key)]  # type: ignore[no-any-return]
        if node.kind == "mapping" and key not in node.value:
            raise _NoSuchKey(key)
        return node.entries()[key]

    def _full_splat_expr_term(self, tree: Any, depth: int) -> Node:
        base, splat = parts(tree)
        node = self.value(base, depth + 1)
        if node.kind == "expression":
            raise ValueError(node.value)
        found = node.items() if node.kind in ("list", "null") else [node]
        for index in parts(splat):
            found = [self._element(item, index, depth) for item in found]
        return Node("list", found)

    _attr_splat_expr_term = _full_splat_expr_term

    def _for_tuple_expr(self, tree: Any, depth: int) -> Node:
        intro, value, *conditions = parts(tree)
        inside = self._iterations(intro, conditions, depth)
        return Node("list", [evaluator.value(value, depth + 1) for evaluator in inside])

    def _for_object_expr(self, tree: Any, depth: int) -> Node | None:
        if "..." in tree.children:  # groups values
            return None
        intro, key, value, *conditions = parts(tree)
        found: dict[str, Node] = {}
        for evaluator in self._iterations(intro, conditions, depth):
            name = evaluator.value(key, depth + 1)
            if name.kind not in ("text", "number"):
                raise ValueError(name.value)
            add_entry(found, name.text, evaluator.value(value, depth + 1).at(place_of(key.meta)))
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
        compute = OPERATORS[str(operator.children[0]).strip()]
        return self._result(compute(self._known(left, depth), self._known(right, depth)), tree)

    def _unary_op(self, tree: Any, depth: int) -> Node:
        known = self._known(parts(tree)[0], depth)
        is_not = str(tree.children[0]) == "!" and isinstance(known, bool)
        return self._result(not known if is_not else OPERATORS["-"](0, known), tree)

    def _function_call(self, tree: Any, depth: int) -> Node:
        first, *rest = parts(tree)
        name, arguments = name_of(first), parts(rest[0]) if rest else []
        if name == "try":
            return self._first(arguments, depth)
        if name == "jsonencode":
            return self._encoded(self.value(arguments[0], depth + 1))
        if name in NODE_FUNCTIONS:
            nodes = [self.value(argument, depth + 1) for argument in arguments]
            found = Node(*NODE_FUNCTIONS[name](*nodes))
            self.budget.take_result(found)
            return placed(found, place_of(tree.meta))
        return self._result(self.functions[name](*(self._known(a, depth) for a in arguments)), tree)

    def _first(self, arguments: list[Any], depth: int) -> Node:
        """Return the value of the first argument that isn't a missing key of a known map."""
        for argument in arguments:
            argument = unwrapped(argument)
            is_key = argument.data in ("get_attr_expr_term", "index_expr_term")
            method = getattr(self, f"_{argument.data}") if is_key else self.value
            try:
                found = method(argument, depth + 1)
            except _NoSuchKey:
                continue
            if found is None or found.kind == "expression":
                break
            return found
        raise ValueError("try")

    def _encoded(self, node: Node) -> Node:
        """Return the JSON of a value; the value itself if it contains expressions."""
        if node.kind == "expression":
            raise ValueError(node.value)
        if has_expression(node):
            return node
        text = json.dumps(written_value(node), separators=(",", ":"), sort_keys=True)
        self.budget.take_text([text])
        return Node("text", text)

    def _known(self, tree: Any, depth: int) -> Any:
        """Return a JSON value. Raises ``ValueError`` if the text doesn't have it."""
        node = self.value(tree, depth + 1)
        if has_expression(node):
            raise ValueError(node.value)
        return plain_value(node)

    def _result(self, value: Any, tree: Any) -> Node:
        """Return the node of a computed value at its expression, and count its size."""
        node = from_value(value, place_of(tree.meta))
        self.budget.take_result(node)
        return node

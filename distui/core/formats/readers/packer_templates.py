"""Values that Packer's templates insert: variables of users, and the time of the build."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from distui.core.formats.syntax.nodes import Budget, Node, mapping

NOW = "\ue000"  # the time of the build: a character that no function changes
TIME = re.compile(r"\{\{ *(?:timestamp|isotime[^}]*) *\}\}")
_ENGINE = re.compile(r"\{\{(?! *imagebuilder:)")  # of Packer's template engine, as {{ .SourceAMI }}
_USER_VARIABLE = re.compile(r"\{\{ *user `([^`]+)` *\}\}")
_NOTHING = Node("null", "")


def with_variables(node: Node, variables: dict[str, Node], budget: Budget) -> Node:
    """Return a builder with the defaults of user variables; without one, it is an expression."""

    def inside(item: Node) -> Node:
        return with_variables(item, variables, budget)

    if node.kind == "mapping":
        return mapping({name: inside(item) for name, item in node.value.items()}, node)
    if node.kind == "list":
        return Node("list", [inside(item) for item in node.value]).at(node)
    names = _USER_VARIABLE.findall(node.text) if node.kind == "text" else []
    if any(_has_no_default(variables.get(name, _NOTHING)) for name in names):
        return Node("expression", node.value).at(node)
    budget.take_text(variables[name].text for name in names)
    text = _USER_VARIABLE.sub(lambda found: variables[found[1]].text, node.text)
    return Node(node.kind, text).at(node) if names else node


def _has_no_default(variable: Node) -> bool:
    return variable.kind == "null" or not variable.text


def inserted(node: Node) -> Node:
    """Return an option; what Packer's template engine inserts, but the time, has no value."""
    if node.kind == "mapping":
        return mapping({name: inserted(item) for name, item in node.value.items()}, node)
    if node.kind == "list":
        return Node("list", [inserted(item) for item in node.value]).at(node)
    if node.kind == "text" and _ENGINE.search(TIME.sub("", node.value)):
        return Node("expression", node.value.replace(NOW, "{{timestamp}}")).at(node)
    return node


def _of_time(text: str, *arguments: Any) -> str:
    """Return the time of the build in another form. Raises ``ValueError`` for another text."""
    if text.strip(NOW):
        raise ValueError(text)
    return NOW


TIME_FUNCTIONS: dict[str, Callable[..., str]] = {
    "formatdate": lambda form, time: _of_time(time),
    "isotime": lambda *form: NOW,
    "legacy_isotime": lambda *form: NOW,
    "regex_replace": _of_time,
    "timestamp": lambda: NOW,
}

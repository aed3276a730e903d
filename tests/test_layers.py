"""The shape of the code: no import circle at any level, small files and small folders.

The layers themselves are contracts of import-linter, in pyproject.toml.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAX_LINES, MAX_FILES = 300, 12
# One file a rule, and AWS's sample documents, are easier to find in one folder.
LARGE_FOLDERS = {
    "distui/core/rules",
    "tests/documents/valid",
    "tests/documents/invalid",
    "tests/documents/cases/peers",
}


def module_name(path: Path) -> str:
    """Return the module's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted((ROOT / "distui").rglob("*.py"))}


def imported_modules(path: Path) -> set[str]:
    """Return the names of the project's modules that the module imports anywhere."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in inner}
    return found & MODULES.keys()


def graph_inside(package: str, imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which children of the package import which others, directly or inside of them."""
    graph: defaultdict[str, set[str]] = defaultdict(set)
    prefix = f"{package}."
    for module, targets in imports.items():
        for target in targets:
            if module.startswith(prefix) and target.startswith(prefix):
                source, used = (
                    name.removeprefix(prefix).split(".")[0] for name in (module, target)
                )
                graph[source] |= {used} - {source}
    return graph


IMPORTS = {name: imported_modules(path) for name, path in MODULES.items()}
PACKAGES = sorted(name for name, path in MODULES.items() if path.name == "__init__.py")


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_inside_a_package_have_no_circle(package):
    try:
        TopologicalSorter(graph_inside(package, IMPORTS)).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_circle_is_recognized():
    imports = {"p.a.x": {"p.b"}, "p.b": {"p.a.y"}, "p.a.y": set()}
    with pytest.raises(CycleError):
        TopologicalSorter(graph_inside("p", imports)).prepare()


def test_files_are_small():
    large = [path for path in MODULES.values() if len(path.read_text().splitlines()) > MAX_LINES]
    assert large == []


def test_folders_are_small():
    counts: defaultdict[str, int] = defaultdict(int)
    for folder in ("distui", "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".json") and path.name != "__init__.py":
                counts[str(path.parent.relative_to(ROOT))] += 1
    large = {folder for folder, count in counts.items() if count > MAX_FILES}
    assert large - LARGE_FOLDERS == set()

"""The documentation names all variables, commands and packages."""

from __future__ import annotations

import re

import pytest

from tests.product import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = [path.parent.name for path in ROOT.glob("distui/*/__init__.py")]
COMMANDS = [path.stem for path in ROOT.glob("distui/*/management/commands/[a-z]*.py")]
# Set by run.py for its child processes, or documented by Django.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "SANDBOX_STATE"}


def variables():
    """Return the environment variables that the settings and `make run` read."""
    text = "".join((ROOT / "distui" / name).read_text() for name in ("settings.py", "run.py"))
    names = re.findall(r"""(?:env|env_\w+|environ\.get)\(\s*"([A-Z_]+)\"""", text)
    return sorted(set(names) - INTERNAL)


@pytest.mark.parametrize("name", variables())
def test_the_readme_names_every_variable(name):
    assert f"\n| `{name}` |" in README


def test_it_finds_the_variables():
    assert {"PORT", "DATABASE_URL", "SECRET_KEY", "DISTUI_RULES", "SANDBOX_PORT"} <= set(
        variables()
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command):
    assert f"manage.py {command}" in README


@pytest.mark.parametrize("package", PACKAGES)
def test_the_architecture_names_every_package(package):
    assert f"| `{package}/` |" in ARCHITECTURE

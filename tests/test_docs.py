"""The documents name what there is."""

from __future__ import annotations

import re

import pytest

from tests.product import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROOMS = [path.parent.name for path in ROOT.glob("distui/*/__init__.py")]
COMMANDS = [path.stem for path in ROOT.glob("distui/*/management/commands/[a-z]*.py")]
# What run.py tells its own children, and Python's and Django's own.
NOT_FOR_PEOPLE = {"DJANGO_SETTINGS_MODULE", "SANDBOX_STATE"}


def variables():
    """The environment variables that the settings and `make run` read."""
    text = "".join((ROOT / "distui" / name).read_text() for name in ("settings.py", "run.py"))
    found = re.findall(r"""(?:env|env_\w+|environ\.get)\(\s*"([A-Z_]+)\"""", text)
    return sorted(set(found) - NOT_FOR_PEOPLE)


@pytest.mark.parametrize("name", variables())
def test_the_readme_names_every_variable(name):
    assert f"\n| `{name}` |" in README


def test_there_are_variables_to_look_for():
    assert {"PORT", "DATABASE_URL", "SECRET_KEY", "DISTUI_RULES", "SANDBOX_PORT"} <= set(
        variables()
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command):
    assert f"manage.py {command}" in README


@pytest.mark.parametrize("room", ROOMS)
def test_the_architecture_names_every_room(room):
    assert f"| `{room}/` |" in ARCHITECTURE

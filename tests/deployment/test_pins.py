"""The packages that install distui are pinned like its dependencies."""

from __future__ import annotations

import tomllib

from tests.product import ROOT

CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_build_uses_the_pinned_setuptools():
    (requirement,) = PROJECT["build-system"]["requires"]
    assert requirement.startswith("setuptools==")
    assert requirement in CONSTRAINTS


def test_the_installer_is_pinned():
    assert any(line.startswith("uv==") for line in CONSTRAINTS)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "install --quiet --disable-pip-version-check uv -c constraints.txt" in makefile


def test_constraints_are_sorted():
    names = [line.partition("==")[0] for line in CONSTRAINTS]
    assert names == sorted(names)

"""The pre-commit hook and the GitHub Action: what they run exists and works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.product import ROOT

DOCUMENT = '{"name": "abc", "distributions": []}'


def distui_on_path(folder: Path) -> str:
    """Return a PATH on which ``distui`` is this checkout."""
    script = folder / "bin" / "distui"
    script.parent.mkdir(parents=True)
    script.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m distui "$@"\n')
    script.chmod(0o755)
    return f"{script.parent}{os.pathsep}{os.environ['PATH']}"


def test_the_hook_lints_the_files_that_it_is_given(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert (hook["id"], hook["language"]) == ("distui-lint", "python")
    for suffix in ("json", "yml", "yaml", "tf", "tf.json", "pkr.hcl", "template", "tfstate"):
        assert re.search(hook["files"], f"images/distribution.{suffix}")
    (tmp_path / "distribution.json").write_text(DOCUMENT)
    ran = subprocess.run(
        [*hook["entry"].split(), "distribution.json"],
        cwd=tmp_path,
        env=os.environ | {"PATH": distui_on_path(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("distribution.json:1:17: error L003")


def run_step(
    step: dict[str, str], folder: Path, variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=folder,
        env=os.environ | variables | {"RUNNER_TEMP": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_expands_its_files_and_annotates_them(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = action["runs"]["steps"][-1]
    inputs = {name: str(item.get("default", "")) for name, item in action["inputs"].items()}
    inputs["files"] = "images/*.json"
    variables = {
        name: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in step["env"].items()
    }
    distui_on_path(tmp_path / "distui")
    (tmp_path / "images").mkdir()
    for name in ("a", "b"):
        (tmp_path / "images" / f"{name}.json").write_text(DOCUMENT)
    ran = run_step(step, tmp_path, variables)
    assert ran.returncode == 1, ran.stderr
    found = [line.split(",")[0] for line in ran.stdout.splitlines()]
    assert found == ["::error file=images/a.json", "::error file=images/b.json"]
    (tmp_path / "our rules.toml").write_text('[severities]\nL003 = "off"\n')
    variables |= {"CONFIG": "our rules.toml", "ACCOUNT": "012345678901", "REGION": "eu-west-1"}
    ran = run_step(step, tmp_path, variables)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr

"""The hook in another repository: pre-commit installs it from a clone and runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deployment.test_wheel import ENVIRONMENT, SOURCES
from tests.product import ROOT

pytestmark = pytest.mark.process

REGION = "{{region: eu-west-1, amiDistributionConfiguration: {{name: '{}'}}}}"
FILE = f"name: golden\ndistributions: [{REGION}]\n"
CONFIG = "repos:\n- repo: {}\n  rev: {}\n  hooks:\n  - id: distui-lint\n"


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; return what it prints."""
    identity = ("-c", "user.name=alice", "-c", "user.email=alice@example.com")
    command = ["git", *identity, *arguments]
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """Return a repository with this checkout's package and hook."""
    folder = tmp_path / "product"
    folder.mkdir()
    for name in [*SOURCES, ".pre-commit-hooks.yaml"]:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Release")
    return folder


def test_the_hook_checks_what_is_committed(product: Path, tmp_path: Path) -> None:
    repository = tmp_path / "images"
    repository.mkdir()
    config = CONFIG.format(product, git(product, "rev-parse", "HEAD"))
    (repository / ".pre-commit-config.yaml").write_text(config)
    git(repository, "init", "--quiet")
    bad, other = repository / "distribution.yaml", repository / "unrelated.yaml"
    bad.write_text(FILE.format("golden"))
    other.write_text("name: [")

    def commit() -> subprocess.CompletedProcess[str]:
        git(repository, "add", ".")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run"],
            cwd=repository,
            env=ENVIRONMENT | {"PRE_COMMIT_HOME": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )

    ran = commit()
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "distribution.yaml:2:" in ran.stdout
    assert "error L006" in ran.stdout
    assert "unrelated" not in ran.stdout
    bad.write_text(FILE.format("golden-{{ imagebuilder:buildDate }}"))
    ran = commit()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Passed" in ran.stdout

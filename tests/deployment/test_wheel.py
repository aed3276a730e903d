"""The wheel: it lints with its base dependencies, and serves with those of the server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.product import CLEARED_PREFIXES, ROOT, free_port

UV = Path(sys.executable).parent / "uv"
SOURCES = ["distui", "templates", "static", "setup.py", "pyproject.toml", "README.md", "LICENSE"]
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith((*CLEARED_PREFIXES, "PYTHON", "VIRTUAL_ENV"))
}
VALID = ROOT / "tests" / "documents" / "valid" / "everything.json"


def run(*command, cwd):
    """Run a program in a folder that isn't the checkout; return its standard output."""
    ran = subprocess.run(
        [*map(str, command)], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of the sources, without what an earlier build left."""
    folder = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    run(UV, "build", "--quiet", "--wheel", "--out-dir", "dist", ".", cwd=folder)
    (found,) = (folder / "dist").glob("distui-*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """Install the wheel alone into an empty environment; return the folder of its programs."""
    folder = tmp_path_factory.mktemp("environment")
    run(UV, "venv", "--quiet", "--python", sys.executable, folder / ".venv", cwd=folder)
    install(folder / ".venv", str(wheel))
    return folder / ".venv" / "bin"


def install(venv, requirement):
    command = [UV, "pip", "install", "--quiet", "--python", venv / "bin" / "python", requirement]
    run(*command, "-c", ROOT / "constraints.txt", cwd=venv)


def test_the_wheel_lints_without_a_server(environment, tmp_path):
    printed = run(environment / "distui", "lint", "--format", "json", VALID, cwd=tmp_path)
    assert json.loads(printed)["valid"] is True
    assert list(tmp_path.iterdir()) == []
    loaded = "import sys, distui.cli.lint; print('django' in sys.modules)"
    assert run(environment / "python", "-c", loaded, cwd=tmp_path) == "False\n"
    started = subprocess.run(
        [environment / "distui", "serve"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert started.returncode == 2
    assert "pip install 'distui[server]'" in started.stderr


def test_the_wheel_serves_its_pages(environment, wheel, tmp_path):
    install(environment.parent, f"distui[server] @ {wheel.as_uri()}")
    port = free_port()
    server = subprocess.Popen(
        [environment / "distui", "serve"],
        cwd=tmp_path,
        env=ENVIRONMENT | {"PORT": port},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout.readline().startswith("distui is running at")
        url = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{url}/accounts/login/") as page:
            assert b"<h1" in page.read()
        with urllib.request.urlopen(f"{url}/static/css/tokens.css") as sheet:
            assert sheet.headers["Content-Type"].startswith("text/css")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert server.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["var"]

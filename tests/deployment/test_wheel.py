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

pytestmark = pytest.mark.process

UV = Path(sys.executable).parent / "uv"
SOURCES = ["distui", "templates", "static", "setup.py", "pyproject.toml", "README.md", "LICENSE"]
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith((*CLEARED_PREFIXES, "PYTHON", "VIRTUAL_ENV"))
}
AMI_NAME = "golden-{{ imagebuilder:buildDate }}"
REQUEST = {
    "name": "golden",
    "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": {"name": AMI_NAME}}],
}
PACKER = f'''source "amazon-ebs" "golden" {{
  region   = "eu-west-1"
  ami_name = "{AMI_NAME}"
}}
'''
BUILDER = {"type": "amazon-ebs", "region": "eu-west-1", "ami_name": AMI_NAME}
TYPE = "aws_imagebuilder_distribution_configuration"
VALUES = {
    "name": "golden",
    "distribution": [
        {"region": "eu-west-1", "ami_distribution_configuration": [{"name": AMI_NAME}]}
    ],
}
RESOURCE = {"address": f"{TYPE}.x", "type": TYPE, "name": "x"}
STATE = {"root_module": {"resources": [RESOURCE | {"values": VALUES}]}}
JSON_FILES = {
    "request.json": REQUEST,
    "get.json": {"requestId": "x", "distributionConfiguration": REQUEST},
    "packer.json": {"builders": [BUILDER]},
    "terraform.tf.json": {"resource": {TYPE: {"x": VALUES}}},
    "plan.json": {
        "terraform_version": "1.9.0",
        "resource_changes": [RESOURCE | {"change": {"after": VALUES, "after_unknown": {}}}],
    },
    "state.json": {"terraform_version": "1.9.0", "values": STATE},
}
VALID = ROOT / "tests" / "documents" / "valid" / "everything.json"


def run(*command, cwd):
    """Run a program in a folder that isn't the checkout; return its standard output."""
    ran = subprocess.run(
        [*map(str, command)], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def run_first(*commands, cwd):
    """Run the first command that works: uv doesn't find every index that pip is set up for."""
    *others, last = commands
    for command in others:
        if not subprocess.run(command, cwd=cwd, env=ENVIRONMENT, check=False).returncode:
            return
    run(*last, cwd=cwd)


@pytest.fixture
def wheel(tmp_path_factory):
    """Build the wheel from a copy of the sources, without what an earlier build left."""
    folder = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    by_uv = (UV, "build", "--quiet", "--wheel", "--out-dir", "dist", ".")
    by_pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", "dist", ".")
    run_first(by_uv, by_pip, cwd=folder)
    (found,) = (folder / "dist").glob("distui-*.whl")
    return found


@pytest.fixture
def environment(tmp_path_factory):
    """Create an empty environment; return the folder of its programs."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder / ".venv", cwd=folder)
    return folder / ".venv" / "bin"


def install(environment, requirement):
    what = (requirement, "-c", ROOT / "constraints.txt")
    by_uv = (UV, "pip", "install", "--quiet", "--python", environment / "python", *what)
    by_pip = (environment / "python", "-m", "pip", "install", "--quiet", *what)
    run_first(by_uv, by_pip, cwd=environment)


def test_the_wheel_lints_alone_and_serves_with_the_server(environment, wheel, tmp_path):
    install(environment, str(wheel))
    lint_without_a_server(environment, tmp_path)
    install(environment, f"distui[server] @ {wheel.as_uri()}")
    serve_in_an_empty_folder(environment, tmp_path)


def lint_without_a_server(environment, tmp_path):
    files = [VALID, *files_of_all_formats(environment, tmp_path)]
    printed = run(environment / "distui", "lint", "--format", "json", *files, cwd=tmp_path)
    assert json.loads(printed)["valid"] is True
    assert sorted(tmp_path.iterdir()) == sorted(files[1:])
    for file in files[1:]:
        file.unlink()
    loaded = "import sys, distui.cli.lint; print('django' in sys.modules)"
    assert run(environment / "python", "-c", loaded, cwd=tmp_path) == "False\n"
    started = subprocess.run(
        [environment / "distui", "serve"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert started.returncode == 2
    assert "pip install 'distui[server]'" in started.stderr


def files_of_all_formats(environment, folder):
    """Write a file of each format that can be read; return their paths."""
    (folder / "packer.pkr.hcl").write_text(PACKER)
    for name, value in JSON_FILES.items():
        (folder / name).write_text(json.dumps(value))
    command = (environment / "distui", "convert", "request.json", "--to")
    for format in ("yaml", "cloudformation", "cloudformation-json", "terraform"):
        (folder / format).write_text(run(*command, format, cwd=folder))
    return sorted(folder.iterdir())


def serve_in_an_empty_folder(environment, tmp_path):
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
        with urllib.request.urlopen(f"{url}/static/css/site.css") as sheet:
            assert sheet.headers["Content-Type"].startswith("text/css")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert server.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["var"]

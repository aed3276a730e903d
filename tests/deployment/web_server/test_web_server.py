"""A web server that is started by hand is configured as that of `make run`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest

from distui.deployment.static_files import uncollected_files
from tests.product import CLEARED_PREFIXES, ROOT, free_port

GUNICORN = [sys.executable, "-m", "gunicorn"]
BY_NAME = [*GUNICORN, "--config", "python:distui.deployment.gunicorn_conf"]
OWN = {name: value for name, value in os.environ.items() if not name.startswith(CLEARED_PREFIXES)}


def run(*command, **variables):
    """Run a program in the checkout to its end."""
    return subprocess.run(
        command, cwd=ROOT, env=OWN | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", [GUNICORN, BY_NAME], ids=["checkout", "installed"])
@pytest.mark.process
def test_gunicorn_by_hand_shares_threads_and_buffers(command, tmp_path):
    variables = {"DISTUI_VAR": str(tmp_path), "DISTUI_WEB_THREADS": "6", "PORT": "8123"}
    printed = run(*command, "--print-config", "--check-config", **variables).stdout
    options = dict(re.findall(r"^(\w+) += (.*)$", printed, re.MULTILINE))
    assert (options["wsgi_app"], options["threads"]) == ("distui.wsgi", "6")
    assert options["worker_class"].endswith("BufferingWorker")
    assert options["bind"] == "['127.0.0.1:8123']"


@pytest.mark.parametrize("command", [GUNICORN, BY_NAME], ids=["checkout", "installed"])
@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"DISTUI_WEB_THREADS": "many"}, "DISTUI_WEB_THREADS must be a number from 1 to 64"),
        ({"PORT": "99999"}, "PORT must be a number from 1 to 65535, not '99999'."),
        ({"DISTUI_METRICS_TOKEN_FILE": "/nope"}, "DISTUI_METRICS_TOKEN_FILE names the file /nope"),
    ],
    ids=["threads", "port", "secret"],
)
@pytest.mark.process
def test_a_wrong_setting_of_the_server_is_one_sentence(command, variables, message, tmp_path):
    result = run(*command, **variables, DISTUI_VAR=str(tmp_path))
    assert result.returncode != 0
    assert result.stderr.startswith(f"\nError: {message}")
    assert result.stderr.count("\n") == 2


@pytest.mark.process
def test_requests_import_nothing(tmp_path):
    """A worker's first requests would wait for it."""
    command = [sys.executable, "-m", "tests.deployment.web_server.late_imports"]
    result = run(*command, DISTUI_VAR=str(tmp_path), DISTUI_ALLOWED_HOSTS="testserver")
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Collect the static files; return the settings that serve them."""
    folder = tmp_path_factory.mktemp("static")
    variables = {
        "DISTUI_STATIC_ROOT": str(folder / "root"),
        "DISTUI_VAR": str(folder / "var"),
        "PORT": free_port(),
    }
    result = run(sys.executable, "manage.py", "collectstatic", "--noinput", **variables)
    assert result.returncode == 0, result.stderr
    paths = [folder / "root", *folder.glob("root/**/*")]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o755, 0o644}
    return variables


@pytest.mark.process
def test_collected_files_are_hashed_and_compressed(collected):
    server = subprocess.Popen(GUNICORN, cwd=ROOT, env=OWN | collected)
    try:
        site = f"http://127.0.0.1:{collected['PORT']}"
        page = wait_for(f"{site}/accessibility/").read().decode()
        (path,) = re.findall(r"/static/css/site\.[0-9a-f]{12}\.css", page)
        request = urllib.request.Request(site + path, headers={"Accept-Encoding": "br"})
        with urllib.request.urlopen(request) as response:
            assert response.headers["Content-Encoding"] == "br"
            assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    finally:
        server.terminate()
        server.wait(30)


def wait_for(url):
    """Return the URL's response, as soon as there is one."""
    for _ in range(600):
        try:
            return urllib.request.urlopen(url)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(url)


def test_files_of_another_version_are_reported(settings, tmp_path):
    assert uncollected_files() == ""
    settings.STATIC_ROOT = str(tmp_path)
    assert uncollected_files().startswith(f"{tmp_path} does not have the static files of this")

"""The process: the line that it prints, errors at its start, and its end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from distui.sandbox.sample_data import ACCOUNT
from tests import sandbox_process

pytestmark = pytest.mark.process


def start_error(state_path: Path, **env: str) -> str:
    """Run a sandbox that can't start; return what it writes to standard error."""
    result = subprocess.run(
        [sys.executable, "-m", "distui.sandbox"],
        cwd=sandbox_process.ROOT,
        env=os.environ | {"SANDBOX_STATE": str(state_path)} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    return result.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_and_ends_on_a_signal(tmp_path, number):
    url, process = sandbox_process.start(tmp_path / "state.json")
    with urllib.request.urlopen(url + "/healthz") as response:
        assert response.status == 200
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    process.send_signal(number)
    rest, _ = process.communicate()
    assert (rest, process.returncode) == ("", 0)


def test_a_signal_at_any_line_ends_it():
    command = [sys.executable, "-m", "tests.sandbox.stop_at_each_line"]
    result = subprocess.run(
        command, cwd=sandbox_process.ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    assert set(result.stdout.split()) == {"0"}


def test_it_ends_with_the_reason_if_the_seeding_fails(tmp_path):
    program = (
        "import sys; from distui.sandbox import __main__ as sandbox, moto_services;"
        "moto_services.MotoServices = 'not callable'; sys.exit(sandbox.main())"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=sandbox_process.ROOT,
        env=os.environ | {"SANDBOX_STATE": str(tmp_path / "state.json")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.endswith("TypeError: 'str' object is not callable\n")


def test_its_line_names_account_and_url(tmp_path):
    command = [sys.executable, "-m", "distui.sandbox"]
    env = os.environ | {"SANDBOX_STATE": str(tmp_path / "state.json")}
    with subprocess.Popen(
        command, cwd=sandbox_process.ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    assert re.fullmatch(rf"Sandbox AWS account {ACCOUNT} at http://127\.0\.0\.1:\d+\n", line)


def test_it_ignores_settings_for_the_real_aws(tmp_path, connect):
    env = {"AWS_PROFILE": "not-there", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    url, process = sandbox_process.start(tmp_path / "state.json", env)
    assert connect("sts", url=url).get_caller_identity()["Account"] == ACCOUNT
    assert sandbox_process.stop(process) == 0


def test_an_invalid_state_file_prevents_the_start(tmp_path):
    path = tmp_path / "state.json"
    path.write_text("{")
    message = start_error(path)
    assert message.startswith(f"The sandbox can't start: {path} is not a valid sandbox state file")
    assert path.read_text() == "{"


def test_a_state_file_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "state.json.lock").mkdir()
    message = start_error(tmp_path / "state.json")
    assert message.startswith(f"The sandbox can't start: {tmp_path}/state.json can't be written")
    assert message.count("\n") == 1


@pytest.mark.parametrize("port", ["http", "65536", "-1", "8080 "])
def test_an_invalid_port_prevents_the_start(tmp_path, port):
    message = start_error(tmp_path / "state.json", SANDBOX_PORT=port)
    assert message == (
        "The sandbox can't start: SANDBOX_PORT must be a port number from 0 to 65535, not"
        f" {port!r}.\n"
    )


def test_a_port_in_use_prevents_the_start(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        message = start_error(tmp_path / "state.json", SANDBOX_PORT=port)
    assert f"can't listen on port {port} of 127.0.0.1" in message

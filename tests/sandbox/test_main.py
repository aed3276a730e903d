"""The process itself: its one line, what keeps it from starting, how it ends."""

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

from distui.sandbox.company import ACCOUNT
from tests import sandbox_process


def refusal_to_start(state_path: Path, **env: str) -> str:
    """What a sandbox that can't start says on standard error."""
    ended = subprocess.run(
        [sys.executable, "-m", "distui.sandbox"],
        cwd=sandbox_process.ROOT,
        env=os.environ | {"SANDBOX_STATE": str(state_path)} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    return ended.stderr


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_says_one_line_and_ends_on_a_signal(tmp_path, ending):
    url, process = sandbox_process.start(tmp_path / "state.json")
    with urllib.request.urlopen(url + "/healthz") as response:
        assert response.status == 200
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
    process.send_signal(ending)
    rest, _ = process.communicate()
    assert (rest, process.returncode) == ("", 0)


def test_its_line_names_account_and_address(tmp_path):
    started = [sys.executable, "-m", "distui.sandbox"]
    env = os.environ | {"SANDBOX_STATE": str(tmp_path / "state.json")}
    with subprocess.Popen(
        started, cwd=sandbox_process.ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    assert re.fullmatch(rf"Sandbox AWS account {ACCOUNT} at http://127\.0\.0\.1:\d+\n", line)


def test_settings_for_the_real_aws_do_not_reach_it(tmp_path, connect):
    env = {"AWS_PROFILE": "not-there", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    url, process = sandbox_process.start(tmp_path / "state.json", env)
    assert connect("sts", url=url).get_caller_identity()["Account"] == ACCOUNT
    assert sandbox_process.stop(process) == 0


def test_a_broken_state_file_stops_the_start(tmp_path):
    path = tmp_path / "state.json"
    path.write_text("{")
    said = refusal_to_start(path)
    assert said.startswith(f"The sandbox can't start: {path} is not a state file")
    assert path.read_text() == "{"


@pytest.mark.parametrize("port", ["http", "65536", "-1", "8080 "])
def test_a_port_that_is_none_stops_the_start(tmp_path, port):
    said = refusal_to_start(tmp_path / "state.json", SANDBOX_PORT=port)
    assert said == f"The sandbox can't start: SANDBOX_PORT is {port!r}, not a port number.\n"


def test_a_port_in_use_stops_the_start(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refusal_to_start(tmp_path / "state.json", SANDBOX_PORT=port)
    assert f"port {port} of 127.0.0.1 can't be had" in said

"""`make run`: what it survives and what prevents its start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack

import pytest

from distui.run import check_settings
from tests.product import ROOT, Product

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """Run distui; stop it afterwards."""
    product = Product(tmp_path_factory.mktemp("run") / "var")
    product.start()
    yield product
    assert product.stop() == 0


def worker_pid(product):
    """Return the process ID of the product's worker, or None if there is none."""
    children = f"/proc/{product.process.pid}/task/{product.process.pid}/children"
    with open(children) as file:  # noqa: PTH123
        pids = file.read().split()
    for pid in pids:
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
            if b"work" in file.read().split(b"\0"):
                return int(pid)
    return None


def readiness(product):
    """Return the text of the product's readiness check."""
    with urllib.request.urlopen(f"{product.url}/readyz") as response:
        return response.read().decode()


def wait_until(condition):
    """Wait until the condition is true."""
    deadline = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_killed_worker_is_restarted(product):
    wait_until(lambda: readiness(product) == "ok\n")
    first = worker_pid(product)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: worker_pid(product) not in (None, first))
    assert readiness(product) == "ok\n"
    assert product.process.poll() is None


def test_half_open_connections_do_not_stop_the_site(product):
    address = ("127.0.0.1", int(product.ports["PORT"]))
    with ExitStack() as stack:
        for _ in range(40):
            client = stack.enter_context(socket.create_connection(address))
            client.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n")
        for _ in range(4):
            with urllib.request.urlopen(f"{product.url}/accounts/login/", timeout=10) as response:
                assert response.status == 200


def test_it_warns_of_a_data_directory_that_others_can_open(tmp_path, settings, capsys):
    settings.VAR_DIR = tmp_path
    tmp_path.chmod(0o755)
    check_settings()
    assert capsys.readouterr().err == (
        f"Warning: Other users of this machine can open the data directory {tmp_path}. Run: chmod"
        f" -R go= {tmp_path}\n"
    )


@pytest.mark.parametrize("name", ["PORT", "SANDBOX_PORT"])
def test_a_busy_port_is_said_in_one_line(tmp_path, name):
    product = Product(tmp_path / "var")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "-m", "distui.run"],
            cwd=ROOT,
            env=product.environment | {name: port},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"Port {port} of 127.0.0.1 can't be used: Address already in use. Choose another one, for"
        f" example: {name}=8010 make run\n"
    )


def test_all_its_files_are_private(product):
    shared = [path for path in product.var.rglob("*") if path.stat().st_mode & 0o077]
    assert shared == []
    assert product.var.stat().st_mode & 0o777 == 0o700


def test_the_sandbox_starts_beside_real_targets_only_if_asked_for(tmp_path):
    product = Product(tmp_path / "var")
    assert product.manage("migrate", "-v0").returncode == 0
    real = ("add_target", "prod", "--region", "eu-west-1", "--account", "123456789012")
    assert product.manage(*real).returncode == 0
    assert "without the sandbox AWS account" in product.start()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"{product.sandbox_url}/healthz")
    assert (
        "127.0.0.1:1"
        in product.manage("add_target", "s", "--region", "eu-west-1", "--sandbox").stderr
    )
    product.stop()
    product.extra = {"DISTUI_SANDBOX": "true"}
    where, sign_in, following = product.start().splitlines()
    sandbox = f"sandbox AWS account: {product.sandbox_url}"
    assert where == f"distui is running at {product.url}/ ({sandbox})."
    assert sign_in == "Sign in as admin."  # the password was said at the first start
    assert following.startswith("Next, choose the starter Golden AMI. The Drafts page links")
    assert product.stop() == 0

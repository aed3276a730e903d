"""Errors are reported to Sentry, if it is configured, without what people typed and secrets."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

from tests.product import CLEARED_PREFIXES, ROOT

CRASH = """
import django; django.setup()
import sentry_sdk
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import path
from tests.web import urls

@login_not_required
def report(request):
    raise RuntimeError(f"It knows {settings.SECRET_KEY} and {request.POST}"[:70])

urls.urlpatterns.append(path("report/", report))
settings.ROOT_URLCONF = "tests.web.urls"
client = Client(raise_request_exception=False, headers={"host": "localhost"})
client.cookies[settings.SESSION_COOKIE_NAME] = "canary-session"
response = client.post("/report/?q=canary-query", {"name": "canary-typed"})
sentry_sdk.flush()
print(response.status_code)
"""


class Receiver(BaseHTTPRequestHandler):
    """Keeps what is posted."""

    received: list[str] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append(brotli.decompress(body).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        """Log nothing."""


@pytest.fixture
def reports():
    """Run a server that receives reports; return its port and what it receives."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, Receiver.received
    server.shutdown()
    server.server_close()
    Receiver.received.clear()


def run(code, tmp_path, **variables):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(CLEARED_PREFIXES)}
    own = {"DISTUI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "distui.settings"}
    return subprocess.run(
        [sys.executable, *code],
        cwd=ROOT,
        env=inherited | own | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.process
def test_an_error_is_reported_without_secrets(reports, tmp_path):
    port, received = reports
    dsn = {"DISTUI_SENTRY_DSN": f"http://key@127.0.0.1:{port}/1"}
    result = run(["-c", CRASH], tmp_path, SECRET_KEY="canary-key" * 5, **dsn)
    assert result.stdout == "500\n", result.stderr
    report = "".join(received)
    assert "RuntimeError" in report
    assert "[secret]" in report
    assert "canary" not in report


@pytest.mark.process
def test_a_wrong_dsn_is_one_sentence(tmp_path):
    result = run(["manage.py", "check"], tmp_path, DISTUI_SENTRY_DSN="sentry")
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("DISTUI_SENTRY_DSN is not a DSN")

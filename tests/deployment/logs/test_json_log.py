"""Structured logs: a JSON object a line, with what it belongs to, and without secrets."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from distui.deployment.logs import redaction
from distui.deployment.logs.format import LineFormatter, json_formatter
from tests.product import CLEARED_PREFIXES, ROOT, free_port

CANARIES = {
    "SECRET_KEY": "canary-key-canary-key-canary-key-canary-key-canary-key",
    "DATABASE_URL": "postgres://distui:canary%2Dpassword@127.0.0.1:9/distui",
    "AWS_SECRET_ACCESS_KEY": "canary/aws/secret",
    "AWS_SESSION_TOKEN": "canary-aws-session",
    "DISTUI_SENTRY_DSN": "http://canarydsn@127.0.0.1:9/1",
}
LEAKS = ("canary-key", "canary-password", "canary%2Dpassword", "canary/aws", "canary-aws", "typed-")
PROBE = """
import django, logging, os; django.setup()
from django.conf import settings
log = logging.getLogger("distui.probe")
log.error("All settings: %s", [settings.SECRET_KEY, settings.DATABASES, dict(os.environ)])
try:
    raise ValueError(settings.DATABASE_URL)
except ValueError:
    log.exception("It failed.", extra={"key": settings.SECRET_KEY})
logging.getLogger("botocore").debug("canary-aws-session")
"""


def test_a_request_is_one_line_with_its_person_and_view(json_log, alice_client):
    response = alice_client.get("/history/?q=typed", headers={"X-Request-ID": "from-the.proxy_1"})
    assert response["X-Request-ID"] == "from-the.proxy_1"
    line = json_log()[-1]
    assert line.pop("timestamp").endswith("Z")
    assert line.pop("milliseconds") >= 0
    assert line == {
        "message": "GET /history/",
        "logger": "distui.web.request_log",
        "level": "info",
        "request": "from-the.proxy_1",
        "person": "alice",
        "view": "submissions:history",
        "status": 200,
    }


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "\x1b[2J", "é", "a\nb"])
@pytest.mark.django_db
def test_a_request_id_that_could_forge_a_line_is_replaced(client, sent):
    made = client.get("/accounts/login/", headers={"X-Request-ID": sent})["X-Request-ID"]
    assert len(made) == 32
    assert made.isalnum()


def test_the_next_request_is_not_that_person(json_log, alice_client, client):
    alice_client.get("/")
    client.get("/accounts/login/")
    first, second = json_log()[-2:]
    assert first["request"] != second["request"]
    assert "person" not in second


def test_control_characters_are_escaped():
    message = "a\r\nb\x1b\u202e\x7f\u2028\ud800"
    record = logging.LogRecord("distui", logging.WARNING, "", 1, message, None, None)
    text = json_formatter().format(record)
    assert json.loads(text)["message"] == message
    assert text.isascii()
    assert text.isprintable()


@pytest.mark.parametrize("formatter", [LineFormatter(), json_formatter()], ids=["text", "json"])
def test_a_known_secret_is_redacted(formatter, monkeypatch):
    monkeypatch.setattr(redaction, "_secrets", set())
    redaction.remember_secret("postgres://distui:pass%22word@host/db")
    for secret in ("postgres://distui:pass%22word@host/db", "pass%22word", 'pass"word'):
        record = logging.LogRecord("n", logging.INFO, "", 1, "It is %s.", (secret,), None)
        assert "It is [secret]." in formatter.format(record)
    redaction._pattern.cache_clear()


def environment(var, form):
    """Return the environment of a process whose secrets are canaries; nothing listens on port 9."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(CLEARED_PREFIXES)}
    own = {"DISTUI_VAR": str(var), "DISTUI_LOG_FORMAT": form, "PORT": free_port()}
    return inherited | CANARIES | own | {"DJANGO_SETTINGS_MODULE": "distui.settings"}


def leaks_in(text):
    return [leak for leak in LEAKS if leak in text]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.process
def test_code_that_logs_all_settings_leaks_no_secret(form, tmp_path):
    env = environment(tmp_path, form)
    ran = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert "All settings" in ran.stderr
    assert "It failed" in ran.stderr
    assert leaks_in(ran.stdout + ran.stderr) == []


@pytest.mark.process
def test_a_server_without_its_database_leaks_no_secret(tmp_path):
    env = environment(tmp_path, "json")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
    )
    try:
        statuses = list(map(post_password, [int(env["PORT"])] * 2))
    finally:
        server.send_signal(signal.SIGTERM)
        _, log = server.communicate(timeout=30)
    assert statuses == [500, 500]
    messages = [json.loads(line)["message"] for line in log.splitlines()]
    assert any(message.startswith("Error ") for message in messages)
    assert leaks_in(log) == []


def post_password(port):
    """Post a password as soon as the server listens; return the status."""
    body = b"username=alice&password=typed-password&csrfmiddlewaretoken=" + b"a" * 64
    headers = {"Cookie": f"csrftoken-{port}={'a' * 64}"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/accounts/login/", body, headers)
    for _ in range(600):
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("It did not answer.")

"""Settings from the environment, each in a new process because settings are read once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.product import CLEARED_PREFIXES, ROOT

pytestmark = pytest.mark.process

MANAGE = [sys.executable, "manage.py"]
SQLITE = """
from django.conf import settings
from django.db import connection
import json
with connection.cursor() as cursor:
    journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
mode = settings.DATABASES["default"]["OPTIONS"]["transaction_mode"]
print(json.dumps([journal, synchronous, mode]))
"""


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command with only the given distui variables."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(CLEARED_PREFIXES)
    }

    def run_command(*command, **variables):
        return subprocess.run(
            command,
            cwd=ROOT,
            env=environment | {"DISTUI_VAR": str(tmp_path)} | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run_command


def test_sqlite_is_durable_and_serializes_writes(run):
    result = run(*MANAGE, "shell", "--no-imports", "-c", SQLITE)
    full = 2
    assert json.loads(result.stdout) == ["wal", full, "IMMEDIATE"]


@pytest.mark.parametrize("command", [[*MANAGE, "check"], [sys.executable, "-m", "distui.run"]])
@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_IMAGEBUILDER"])
def test_an_endpoint_that_is_not_allowed_prevents_the_start(run, command, name):
    result = run(*command, **{name: "http://other.example"})
    assert result.returncode != 0
    assert result.stderr == (
        f"{name} would send AWS requests to http://other.example. To allow it, add this URL to"
        " DISTUI_ALLOWED_ENDPOINTS.\n"
    )


def test_an_allowed_endpoint_is_accepted(run):
    allowed = {
        "AWS_ENDPOINT_URL_IMAGEBUILDER": "http://127.0.0.1:9",
        "DISTUI_ALLOWED_ENDPOINTS": "http://127.0.0.1:8, http://127.0.0.1:9",
    }
    assert run(*MANAGE, "check", **allowed).returncode == 0


def test_an_empty_variable_counts_as_unset(run):
    names = ("AWS_ENDPOINT_URL", "DATABASE_URL", "SECRET_KEY", "DISTUI_RULES", "DISTUI_DEBUG")
    result = run(*MANAGE, "check", **dict.fromkeys(names, ""))
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nothing://known"),
        ("SECRET_KEY", "short"),
        ("DISTUI_RULES", "both"),
        ("DISTUI_ENGINE", "celery"),  # without a broker
        ("DISTUI_HTTPS", "perhaps"),
        ("PORT", "http"),
    ],
)
def test_an_invalid_value_prevents_the_start(run, name, value):
    result = run(sys.executable, "-m", "distui.run", **{name: value})
    assert result.returncode == 1
    assert one_line(result.stderr).startswith((f"{name} ", f"The secret key in {name} "))


COOKIES = """
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
"""


@pytest.mark.parametrize(
    ("variables", "names"),
    [
        ({}, "sessionid-8000 csrftoken-8000"),
        ({"PORT": "8010"}, "sessionid-8010 csrftoken-8010"),
        ({"DISTUI_HTTPS": "true", "PORT": "8010"}, "__Host-sessionid __Host-csrftoken"),
    ],
)
def test_cookie_names_carry_the_port_and_the_host_prefix(run, variables, names):
    result = run(*MANAGE, "shell", "--no-imports", "-c", COOKIES, **variables)
    assert result.stdout == names + "\n"


def test_any_host_is_refused_with_https(run):
    result = run(*MANAGE, "check", DISTUI_ALLOWED_HOSTS="a.example,*", DISTUI_HTTPS="true")
    assert result.returncode == 2
    assert one_line(result.stderr).startswith("DISTUI_ALLOWED_HOSTS must not be * with")


HSTS = """
from django.test import Client
response = Client(headers={"host": "localhost"}).get("/healthz", secure=True)
print(response.headers.get("Strict-Transport-Security"))
"""


@pytest.mark.parametrize(
    ("variables", "header"),
    [
        ({}, "max-age=63072000"),
        ({"DISTUI_HSTS": "subdomains"}, "max-age=63072000; includeSubDomains"),
        ({"DISTUI_HSTS": "preload"}, "max-age=63072000; includeSubDomains; preload"),
        ({"DISTUI_HTTPS": "false", "DISTUI_HSTS": "preload"}, "None"),
    ],
)
def test_hsts_covers_other_hosts_only_if_asked_for(run, variables, header):
    variables = {"DISTUI_HTTPS": "true"} | variables
    result = run(*MANAGE, "shell", "--no-imports", "-c", HSTS, **variables)
    assert result.stdout == header + "\n"


SERVERS = [
    [sys.executable, "-m", "distui.run"],
    [*MANAGE, "migrate"],
    [sys.executable, "-m", "gunicorn", "distui.wsgi", "--bind", "127.0.0.1:0"],
]
POSTGRES = "postgres://127.0.0.1:9/nobody-listens"


def one_line(text):
    """Return the text, which must be one line beside gunicorn's own log."""
    lines = [line for line in text.splitlines() if not line.startswith("[")]
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize("command", SERVERS, ids=["run", "migrate", "gunicorn"])
@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"DATABASE_URL": POSTGRES}, "SECRET_KEY must be set with this DATABASE_URL"),
        ({"DISTUI_VAR": "/dev/null/var"}, "The data directory /dev/null/var can't be created"),
    ],
    ids=["secret", "folder"],
)
def test_a_process_that_cannot_start_says_why_in_one_line(run, command, variables, message):
    result = run(*command, **variables)
    assert result.returncode != 0
    assert one_line(result.stderr).startswith(message)


@pytest.mark.parametrize("command", SERVERS[:2], ids=["run", "migrate"])
def test_a_database_without_a_response_is_one_sentence(run, command):
    result = run(*command, DATABASE_URL=POSTGRES, SECRET_KEY="x" * 50)
    assert result.returncode != 0
    assert result.stderr.startswith("The database can't be used: ")
    assert "Traceback" not in result.stderr

"""Settings from the environment, each in a new process because settings are read once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.product import CLEARED_PREFIXES, ROOT

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
        ("DATABASE_URL", "postgres://127.0.0.1:9/nobody-listens"),
        ("DISTUI_RULES", "both"),
        ("DISTUI_HTTPS", "perhaps"),
        ("PORT", "http"),
    ],
)
def test_an_invalid_value_prevents_the_start(run, name, value):
    result = run(sys.executable, "-m", "distui.run", **{name: value})
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith(f"{name} " if "127" not in value else "The database can't")

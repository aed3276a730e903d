"""What the environment may say, asked in processes of their own: settings are read once in each."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.product import FOREIGN, ROOT

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
    """Runs a command with variables added to an environment that has none of distui's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}

    def run(*command, **variables):
        return subprocess.run(
            command,
            cwd=ROOT,
            env=kept | {"DISTUI_VAR": str(tmp_path)} | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_sqlite_is_durable_and_lets_two_clicks_wait_for_each_other(run):
    shown = run(*MANAGE, "shell", "--no-imports", "-c", SQLITE)
    full = 2
    assert json.loads(shown.stdout) == ["wal", full, "IMMEDIATE"]


@pytest.mark.parametrize("command", [[*MANAGE, "check"], [sys.executable, "-m", "distui.run"]])
@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_IMAGEBUILDER"])
def test_an_endpoint_that_nobody_allowed_refuses_the_start_in_a_sentence(run, command, name):
    refused = run(*command, **{name: "http://elsewhere.example"})
    assert refused.returncode != 0
    assert refused.stderr == (
        f"{name} sends AWS requests to http://elsewhere.example. Where that is meant, list this"
        " URL in DISTUI_ALLOWED_ENDPOINTS.\n"
    )


def test_an_endpoint_that_is_allowed_is_taken(run):
    allowed = {
        "AWS_ENDPOINT_URL_IMAGEBUILDER": "http://127.0.0.1:9",
        "DISTUI_ALLOWED_ENDPOINTS": "http://127.0.0.1:8, http://127.0.0.1:9",
    }
    assert run(*MANAGE, "check", **allowed).returncode == 0


def test_an_empty_variable_counts_as_unset(run):
    names = ("AWS_ENDPOINT_URL", "DATABASE_URL", "SECRET_KEY", "DISTUI_RULES", "DISTUI_DEBUG")
    checked = run(*MANAGE, "check", **dict.fromkeys(names, ""))
    assert checked.returncode == 0, checked.stderr


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
def test_what_makes_no_sense_refuses_the_start_in_a_sentence(run, name, value):
    refused = run(sys.executable, "-m", "distui.run", **{name: value})
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert refused.stderr.startswith(f"{name} " if "127" not in value else "The database can't")

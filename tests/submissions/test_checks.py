"""A database that can lose committed rows is refused."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from distui.deployment.checks import start_problem
from distui.submissions.checks import check_durability
from tests.sandbox_process import ROOT

UNSAFE = {
    "postgresql": ("synchronous_commit", "SET {0} = off", "SET {0} = on"),
    "sqlite": ("synchronous", "PRAGMA {0} = NORMAL", "PRAGMA {0} = FULL"),
}


@pytest.fixture
def unsafe(transactional_db):
    """Make the connection unsafe. Return the setting's name."""
    setting, off, on = UNSAFE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off.format(setting))
    yield setting
    with connection.cursor() as cursor:
        cursor.execute(on.format(setting))


def test_the_databases_of_the_tests_are_safe(db):
    assert check_durability(databases=["default"]) == []


def test_an_unsafe_setting_is_named(unsafe):
    (error,) = check_durability(databases=["default"])
    assert f"{unsafe} is off" in error.msg


def test_the_worker_does_not_start(unsafe):
    with pytest.raises(CommandError, match=f"{unsafe} is off"):
        call_command("work")


def test_the_web_server_does_not_start(unsafe):
    assert f"{unsafe} is off" in start_problem()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL always has one")
def test_sqlite_needs_its_write_ahead_log(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
        (error,) = check_durability(databases=["default"])
        cursor.execute("PRAGMA journal_mode=WAL")
    assert "journal_mode=WAL is off" in error.msg


def test_a_setting_of_the_role_or_server_is_reported(own_database, alice):
    """SQLite has none: the application sets it for each connection."""
    own = {"DATABASE_URL": own_database, "PGOPTIONS": "-c synchronous_commit=off"}
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    result = subprocess.run(
        command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, check=False
    )
    refused = connection.vendor == "postgresql"
    assert (result.returncode == 1) is refused
    assert ("synchronous_commit is off" in result.stderr) is refused

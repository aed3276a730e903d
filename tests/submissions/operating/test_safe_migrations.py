"""Migrations since the first release keep the code before them running."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from tests.product import ROOT

# The latest migrations of the first release: no other version has to run beside them.
FIRST_RELEASE = {"builder": 9, "people": 1, "submissions": 6, "targets": 4}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite copies whole tables"),
]


def lint(select):
    """Lint the project's selected migrations; return the linter."""
    linter = MigrationLinter(str(ROOT), no_cache=True, quiet=["ok", "ignore"])
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app in FIRST_RELEASE and select(app, int(name[:4])):
            linter.lint_migration(migration)
    return linter


def test_later_migrations_are_safe_under_running_code():
    assert not lint(lambda app, number: number > FIRST_RELEASE[app]).has_errors


def test_it_reports_a_renamed_column():
    assert lint(lambda app, number: (app, number) == ("submissions", 2)).has_errors

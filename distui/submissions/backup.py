"""Copy the database to a folder, and back, with SQLite's or PostgreSQL's own means."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from distui.people.models import Session

SQLITE_COPY = "distui.sqlite3"
POSTGRESQL_DUMP = "distui.dump"
_KEY = "secret_key"


class BackupFailed(Exception):
    """Nothing was copied; the message says why."""


def back_up(folder: Path) -> None:
    """Copy the database, as of one moment, while it is used. Raise ``BackupFailed``.

    With a secret key that distui made itself, the key is copied too. Sessions are left out: their
    keys would sign in who reads the copy, and restoring it would bring back sessions that ended.
    """
    sessions = Session._meta.db_table
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise BackupFailed(f"{folder} can't be created: {error.strerror}.") from error
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / SQLITE_COPY)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA secure_delete = ON")  # overwrites what is deleted
            copy.execute(f"DELETE FROM {sessions}")  # noqa: S608 (a table of ours)
            copy.commit()
    else:
        file, without = f"--file={folder / POSTGRESQL_DUMP}", f"--exclude-table-data={sessions}"
        _run("pg_dump", "--format=custom", "--no-owner", file, without)
    key: Path = settings.VAR_DIR / _KEY
    if key.exists():
        shutil.copy(key, folder / _KEY)


def restore(folder: Path) -> None:
    """Replace the database with the copy in the folder. Raise ``BackupFailed``.

    Nothing else may use the database.
    """
    name = SQLITE_COPY if connection.vendor == "sqlite" else POSTGRESQL_DUMP
    copy = folder / name
    if not copy.is_file():
        raise BackupFailed(f"{folder} has no {name}.")
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)
    else:
        _drop_tables()
        with copy.open("rb") as dump:
            _run("pg_restore", "--no-owner", "--single-transaction", "--dbname", stdin=dump)
    if (folder / _KEY).exists():
        shutil.copy(folder / _KEY, settings.VAR_DIR / _KEY)


def _drop_tables() -> None:
    """Drop all tables: a later version may have some that the copy lacks."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if names:
            tables = ", ".join(map(connection.ops.quote_name, names))
            cursor.execute(f"DROP TABLE {tables} CASCADE")


def _run(program: str, *options: str, stdin: Any = None) -> None:
    command, variables = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, list(options)
    )
    try:
        subprocess.run(  # noqa: S603 (a program of PostgreSQL)
            [program, *command[1:]],
            env=os.environ | (variables or {}),
            stdin=stdin,
            stderr=subprocess.PIPE,
            check=True,
        )
    except FileNotFoundError as error:
        raise BackupFailed(f"{program} is not installed. It comes with PostgreSQL.") from error
    except subprocess.CalledProcessError as error:
        raise BackupFailed(f"{program} failed: {error.stderr.decode().strip()}") from error

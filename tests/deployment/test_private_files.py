"""The data directory and the secret key are private."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from distui.deployment import checks, private_files
from tests.product import ROOT

pytestmark = pytest.mark.process


def mode(path: Path) -> int:
    """Return the permission bits of a path."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def keep_umask():
    """Restore the process's umask."""
    umask = os.umask(0)
    yield
    os.umask(umask)


def test_all_files_are_private_without_a_umask(tmp_path):
    var = tmp_path / "var"
    environment = os.environ | {"DISTUI_VAR": str(var), "DATABASE_URL": "", "SECRET_KEY": ""}
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=environment, umask=0, check=True)
    assert mode(var) == 0o700
    modes = {path.name: mode(path) for path in var.iterdir()}
    assert {"secret_key", "distui.sqlite3"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_directory_that_cannot_be_created_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"can't be created: Not a directory\. Set"):
        private_files.create_private_directory(tmp_path / "file" / "var")


def test_an_unwritable_directory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(ImproperlyConfigured, match="is not writable"):
        private_files.create_private_directory(tmp_path)


def test_a_secret_is_made_once(tmp_path):
    path = tmp_path / "secret_key"
    first = private_files.stored_secret(path)
    assert private_files.stored_secret(path) == first
    assert len(first) >= 50
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]
    assert mode(path) == 0o600


@pytest.mark.parametrize("text", ["", "short", "x" * (private_files.MIN_SECRET_LENGTH - 1) + "\n"])
def test_a_short_secret_is_refused(tmp_path, text):
    path = tmp_path / "secret_key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(ImproperlyConfigured, match=f"has {len(text.strip())} characters"):
        private_files.stored_secret(path)


@pytest.mark.parametrize("shared", [0o640, 0o604, 0o620])
def test_a_secret_that_others_can_open_is_refused(tmp_path, shared):
    path = tmp_path / "secret_key"
    path.write_text("x" * 50)
    path.chmod(shared)
    with pytest.raises(ImproperlyConfigured, match=f"chmod 600 {path}"):
        private_files.stored_secret(path)


def test_a_secret_that_another_process_has_made_is_used(tmp_path, monkeypatch):
    path = tmp_path / "secret_key"
    link = Path.hardlink_to

    def other_process_first(self: Path, target: Path) -> None:
        self.write_text("the other process's secret, long enough")
        self.chmod(0o600)
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", other_process_first)
    assert private_files.stored_secret(path) == "the other process's secret, long enough"


def test_a_shared_directory_is_a_warning(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    (tmp_path / "distui.sqlite3").touch(0o644)
    (tmp_path / "secret_key").touch(0o600)
    tmp_path.chmod(0o755)
    (warning,) = checks.check_data_directory()
    assert warning.msg.endswith(f"the data directory {tmp_path}, with these files: distui.sqlite3.")
    assert warning.hint == f"Run: chmod -R go= {tmp_path}"
    tmp_path.chmod(0o700)
    assert checks.check_data_directory() == []

"""Backup, restore and `reconcile`, on both databases: nothing that was created stays unknown."""

from __future__ import annotations

import subprocess

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from distui.builder.models import Draft
from distui.people.models import Session
from distui.submissions import heartbeat
from distui.submissions.ledger.create import create_submission
from distui.submissions.models import Submission, WorkerHeartbeat
from tests.factories import document, make_draft, unique_name
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path, settings):
    """Return a folder for the copy; the data directory has a secret key."""
    settings.VAR_DIR = tmp_path
    (tmp_path / "secret_key").write_text("the key")
    return tmp_path / "copies" / "today"


def created(target, user):
    """Return a new submission that was created."""
    draft = make_draft(user, document(unique_name()))
    made = create_submission(draft=draft, target=target, user=user, token=draft.client_token)
    send_once(made)
    assert made.arn
    return made


def test_reconcile_finds_what_is_newer_than_the_backup(folder, sandbox_target, alice, capsys):
    before = created(sandbox_target, alice)
    call_command("backup", folder)
    after = created(sandbox_target, alice)
    token = Draft.objects.get(pk=before.draft_id).client_token
    call_command("restore", folder)
    assert [one.arn for one in Submission.objects.all()] == [before.arn]
    assert Draft.objects.get().client_token != token
    call_command("reconcile", adopt=[after.arn], user="alice")
    assert {one.arn for one in Submission.objects.all()} == {before.arn, after.arn}
    assert f"Recovered: {after.arn}" in capsys.readouterr().out


def test_only_its_owner_can_read_the_copy(folder):
    call_command("backup", folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "secret_key").read_text() == "the key"


def test_it_copies_no_session(folder, alice_client):
    key = alice_client.session.session_key
    assert Session.objects.filter(pk=key).exists()
    call_command("backup", folder)
    copy = next(folder.glob("distui.*"))
    content = copy.read_bytes()
    if connection.vendor == "postgresql":
        content = subprocess.check_output(["pg_restore", "--file=-", copy])
    assert (b"alice" in content, key.encode() in content) == (True, False)


def test_tables_of_a_later_version_are_gone(folder):
    call_command("backup", folder)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id integer)")
    call_command("restore", folder)
    assert "later" not in connection.introspection.table_names()


def test_it_does_not_restore_under_a_running_worker(folder):
    heartbeat.beat("worker")
    call_command("backup", folder)
    with pytest.raises(CommandError, match="Stop all workers"):
        call_command("restore", folder)
    WorkerHeartbeat.objects.all().delete()
    with pytest.raises(CommandError, match=r"has no distui\.(sqlite3|dump)"):
        call_command("restore", folder.parent)
    with pytest.raises(CommandError, match="can't be created: File exists"):
        call_command("backup", folder)

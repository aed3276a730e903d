"""``manage.py reconcile`` names the configurations that the history lacks, and adds them."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from distui.builder.models import Draft
from distui.submissions.ledger.create import create_submission, sent_document
from distui.submissions.ledger.restored_backup import renew_tokens_if_restored
from distui.submissions.models import Attempt, Submission, SubmissionState
from tests.factories import document, make_draft, make_submission, make_target, unique_name
from tests.submissions.ledger.sending import send_once
from tests.submissions.test_commands import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(sandbox_target, alice):
    """Return a created submission, no longer in the database: a backup was restored."""
    draft = make_draft(alice, document(unique_name()))
    token = draft.client_token
    made = create_submission(draft=draft, target=sandbox_target, user=alice, token=token)
    send_once(made)
    assert made.arn
    Attempt.objects.all().delete()
    Submission.objects.all().delete()
    Draft.objects.filter(pk=draft.pk).update(client_token=token)
    return made


def test_it_names_what_the_history_lacks(lost, capsys):
    assert run("reconcile") == 0
    output = capsys.readouterr().out
    lines = [line for line in output.splitlines() if line.startswith("Not in the history: ")]
    (ours,) = [line for line in lines if lost.arn in line]
    assert re.search(r"target sandbox, created at [-\d]+ [:\d]+ UTC, name of a draft, newer", ours)
    assert sum("name of a draft" in line for line in lines) == 1 < len(lines)
    assert not Submission.objects.exists()


def test_it_adds_the_given_arns(lost, capsys, alice_client):
    assert run("reconcile", "--adopt", lost.arn, "--user", "alice") == 0
    added = Submission.objects.get()
    assert (added.state, added.arn) == (SubmissionState.CREATED, lost.arn)
    assert sent_document(added).items() >= sent_document(lost).items()
    assert added.client_token != lost.client_token
    assert f"Recovered: {lost.arn}" in capsys.readouterr().out
    assert added.recovered
    assert lost.arn in alice_client.get(f"/history/{added.pk}/").content.decode()
    assert run("reconcile") == 0
    assert lost.arn not in capsys.readouterr().out


def test_it_adds_only_its_own(lost):
    assert run("reconcile", "--adopt", "own", "--user", "alice") == 0
    assert [added.arn for added in Submission.objects.all()] == [lost.arn]


def test_an_older_configuration_is_not_its_own(lost, alice, capsys):
    make_submission(alice, submitted_at=timezone.now())
    assert run("reconcile", "--adopt", "own", "--user", "alice") == 0
    assert f"Not in the history: {lost.arn}" in capsys.readouterr().out


def test_it_adds_everything(lost):
    assert run("reconcile", "--adopt", "all", "--user", "alice") == 0
    assert Submission.objects.filter(arn=lost.arn).exists()
    assert Submission.objects.count() > 1


def test_adding_needs_a_user(lost):
    assert run("reconcile", "--adopt", "all") == 2
    assert run("reconcile", "--adopt", "all", "--user", "nobody") == 2


def test_a_target_that_does_not_answer_is_named(sandbox, db, capsys):
    make_target("elsewhere", account="999988887777")
    assert run("reconcile") == 3
    assert "elsewhere: can't list configurations." in capsys.readouterr().err


def test_a_target_without_an_account_is_named(db, capsys):
    make_target("nowhere", account="")
    assert run("reconcile") == 3
    expected = "nowhere: can't list configurations. Its account ID is not set.\n"
    assert capsys.readouterr().err == expected


def test_a_deleted_configuration_is_not_recovered(alice, aws, capsys):
    make_target()
    aws.listed = ["image 1"]
    assert run("reconcile", "--adopt", "all", "--user", "alice") == 3
    assert "not recovered. AWS no longer has it." in capsys.readouterr().err


def test_the_same_draft_sent_again_is_never_a_second_one(lost, alice, sandbox_target):
    """AWS remembers the token of the first submission, which the restored history lacks."""
    draft = Draft.objects.get(client_token=lost.client_token)
    assert renew_tokens_if_restored()
    draft.refresh_from_db()
    token = draft.client_token
    again = create_submission(draft=draft, target=sandbox_target, user=alice, token=token)
    send_once(again)
    assert again.state == SubmissionState.ATTENTION
    assert "exactly this content" in again.reason

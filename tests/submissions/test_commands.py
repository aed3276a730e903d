"""The commands' exit codes and output, with the sandbox."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.leases import claim
from distui.submissions.models import Submission, SubmissionState
from tests.factories import make_draft

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: object, **options: object) -> int:
    """Run a management command. Return its exit code."""
    try:
        call_command(command, *map(str, arguments), **options)
    except SystemExit as error:
        return int(error.code)
    except CommandError as error:
        return error.returncode
    return 0


def submit(draft, **options: object) -> int:
    """Submit alice's draft to the sandbox. Return the exit code."""
    return run("submit", draft.pk, **{"target": "sandbox", "user": "alice"} | options)


@pytest.fixture(autouse=True)
def _sandbox(sandbox_target):
    """Run the sandbox and create its target for every test."""


@pytest.fixture
def waiting(draft, sandbox_target, alice):
    """Return a submission whose next attempt is due in an hour."""
    token = draft.client_token
    submission = create_submission(draft=draft, target=sandbox_target, user=alice, token=token)
    later = timezone.now() + timedelta(hours=1)
    Submission.objects.update(state=SubmissionState.WAITING, next_attempt_at=later)
    return submission


def test_submit_prints_the_arn(draft, sandbox, capsys):
    assert submit(draft) == 0
    made = Submission.objects.get()
    assert capsys.readouterr().out == f"{made.arn}\n"
    assert sandbox.arns_of(made.name) == [made.arn]


def test_submit_retries_faults(draft, sandbox):
    faults = [{"kind": kind, "name": draft.name} for kind in ("throttle", "drop-after")]
    sandbox.plan(*faults)
    assert submit(draft) == 0
    sent = sandbox.sends_of(draft.name)
    assert [entry["clientToken"] for entry in sent] == [Submission.objects.get().client_token] * 3


def test_submit_prints_the_rejection(draft, sandbox, capsys):
    code, message = "InvalidParameterValueException", "distributions[0].region is not allowed."
    fault = {"kind": "error", "status": 400, "code": code, "message": message}
    sandbox.plan(fault | {"name": draft.name})
    assert submit(draft) == 1
    assert capsys.readouterr().err == f"{code}: {message}\n"
    assert Submission.objects.get().error_pointer == "/distributions/0/region"


def test_submit_lists_errors(draft, capsys):
    draft.save_state({"name": "x", "distributions": []}, revision=draft.revision)
    assert submit(draft) == 1
    lines = capsys.readouterr().err.splitlines()
    assert {line.split(":")[0] for line in lines} == {"/name", "/distributions"}
    assert not Submission.objects.exists()


def test_submit_warns_about_public_amis(draft, sandbox, capsys):
    state = copy.deepcopy(draft.state)
    ami = state["distributions"][0]["amiDistributionConfiguration"]
    ami["launchPermission"] = {"userGroups": ["all"]}
    draft.save_state(state, revision=draft.revision)
    assert submit(draft) == 0
    assert "public" in capsys.readouterr().err


def test_submit_reports_that_it_is_not_settled(draft, sandbox, capsys):
    sandbox.plan(*[{"kind": "throttle", "name": draft.name}] * 8)
    assert submit(draft, wait=0) == 3
    assert "Not settled yet (waiting)" in capsys.readouterr().err
    assert Submission.objects.get().state == SubmissionState.WAITING


@pytest.mark.parametrize("unknown", [{"target": "nowhere"}, {"user": "nobody"}])
def test_submit_requires_an_existing_target_and_user(draft, unknown):
    assert submit(draft, **unknown) == 2


def test_submit_accepts_only_the_users_drafts(charlie):
    assert submit(make_draft(charlie)) == 2


def test_reconcile_reports_that_all_are_settled(capsys):
    assert run("reconcile") == 0
    assert capsys.readouterr().out.startswith("All submissions are settled.\n")


def test_reconcile_does_not_wait_for_the_next_attempt(waiting):
    assert run("reconcile") == 0
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.CREATED


def test_reconcile_settles_what_needs_attention(waiting):
    Submission.objects.update(state=SubmissionState.ATTENTION, next_attempt_at=None)
    assert run("reconcile") == 0


def test_reconcile_settles_a_lost_workers_submission(waiting):
    claim(among=Submission.objects.open(), worker="another-host/1/aaaa")
    Submission.objects.update(lease_expires_at=timezone.now())
    assert run("reconcile") == 0


def test_reconcile_lists_what_is_still_open(waiting, sandbox, capsys):
    sandbox.plan({"kind": "throttle", "name": waiting.name})
    assert run("reconcile") == 3
    assert capsys.readouterr().err.startswith(f"{waiting.pk} {waiting.name}: waiting.")


def test_reconcile_skips_what_another_process_sends(waiting, sandbox, monkeypatch):
    monkeypatch.setattr("distui.submissions.management.commands.reconcile._TIMEOUT", 0)
    claim(among=Submission.objects.open(), worker="another-host/1/aaaa")
    assert run("reconcile") == 3
    assert sandbox.sends_of(waiting.name) == []

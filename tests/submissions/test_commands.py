"""The commands' exit codes and words, against the sandbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from distui.submissions.ledger.create import prepare
from distui.submissions.ledger.leases import claim
from distui.submissions.models import Submission, SubmissionState
from tests.submissions.conftest import draft_of

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: object, **options: object) -> int:
    """The exit code of a management command."""
    try:
        call_command(command, *map(str, arguments), **options)
    except SystemExit as ended:
        return int(ended.code)
    except CommandError as error:
        return error.returncode
    return 0


def submit(draft, **options: object) -> int:
    """The exit code of submitting alice's draft to the sandbox."""
    return run("submit", draft.pk, **{"target": "sandbox", "user": "alice"} | options)


@pytest.fixture(autouse=True)
def ready(sandbox_target):
    """The sandbox and its target, for every test here."""


@pytest.fixture
def waiting(draft, sandbox_target, alice):
    """A submission whose next attempt is planned for much later."""
    made = prepare(draft=draft, target=sandbox_target, user=alice, token=draft.client_token)
    later = timezone.now() + timedelta(hours=1)
    Submission.objects.update(state=SubmissionState.WAITING, next_attempt_at=later)
    return made


def test_submit_prints_the_arn(draft, sandbox, capsys):
    assert submit(draft) == 0
    made = Submission.objects.get()
    assert capsys.readouterr().out == f"{made.arn}\n"
    assert sandbox.holding(made.name) == [made.arn]


def test_submit_goes_through_faults(draft, sandbox):
    faults = [{"kind": kind, "name": draft.name} for kind in ("throttle", "drop-after")]
    sandbox.plan(*faults)
    assert submit(draft) == 0
    sent = sandbox.sends_of(draft.name)
    assert [entry["clientToken"] for entry in sent] == [Submission.objects.get().client_token] * 3


def test_submit_says_what_aws_refused(draft, sandbox, capsys):
    code, message = "InvalidParameterValueException", "distributions[0].region is not allowed."
    refusal = {"kind": "error", "status": 400, "code": code, "message": message}
    sandbox.plan(refusal | {"name": draft.name})
    assert submit(draft) == 1
    assert capsys.readouterr().err == f"{code}: {message}\n"
    assert Submission.objects.get().error_pointer == "/distributions/0/region"


def test_submit_lists_what_bars_it(draft, capsys):
    draft.save_state({"name": "x", "distributions": []}, revision=draft.revision)
    assert submit(draft) == 1
    told = capsys.readouterr().err.splitlines()
    assert {line.split(":")[0] for line in told} == {"/name", "/distributions"}
    assert not Submission.objects.exists()


def test_submit_says_that_amis_become_public(draft, sandbox, capsys):
    state = draft.state
    ami = state["distributions"][0]["amiDistributionConfiguration"]
    ami["launchPermission"] = {"userGroups": ["all"]}
    draft.save_state(state, revision=draft.revision)
    assert submit(draft) == 0
    assert "public" in capsys.readouterr().err


def test_submit_says_that_it_is_not_settled_yet(draft, sandbox, capsys):
    sandbox.plan(*[{"kind": "throttle", "name": draft.name}] * 8)
    assert submit(draft, wait=0) == 3
    assert "Not settled (waiting)" in capsys.readouterr().err
    assert Submission.objects.get().state == SubmissionState.WAITING


@pytest.mark.parametrize("unknown", [{"target": "nowhere"}, {"user": "nobody"}])
def test_submit_knows_its_target_and_user(draft, unknown):
    assert submit(draft, **unknown) == 2


def test_submit_takes_only_a_draft_of_the_user(charlie):
    assert submit(draft_of(charlie)) == 2


def test_reconcile_has_nothing_to_do(capsys):
    assert run("reconcile") == 0
    assert capsys.readouterr().out == "Every submission is settled.\n"


def test_reconcile_does_not_wait_for_the_next_attempt(waiting):
    assert run("reconcile") == 0
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.CREATED


def test_reconcile_settles_what_needed_attention(waiting):
    Submission.objects.update(state=SubmissionState.ATTENTION, next_attempt_at=None)
    assert run("reconcile") == 0


def test_reconcile_settles_what_a_lost_process_left(waiting):
    claim(among=Submission.objects.open(), worker="another-host/1/aaaa")
    Submission.objects.update(lease_until=timezone.now())
    assert run("reconcile") == 0


def test_reconcile_names_what_stays_open(waiting, sandbox, capsys):
    sandbox.plan({"kind": "throttle", "name": waiting.name})
    assert run("reconcile") == 3
    assert capsys.readouterr().err.startswith(f"{waiting.pk} {waiting.name}: waiting.")


def test_reconcile_leaves_alone_what_another_process_is_sending(waiting, sandbox, monkeypatch):
    monkeypatch.setattr("distui.submissions.management.commands.reconcile._LONGEST_SEND", 0)
    claim(among=Submission.objects.open(), worker="another-host/1/aaaa")
    assert run("reconcile") == 3
    assert sandbox.sends_of(waiting.name) == []

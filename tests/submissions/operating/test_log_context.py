"""Log lines about a submission name it."""

from __future__ import annotations

import pytest

from distui.submissions.ledger.create import create_submission
from distui.submissions.ledger.leases import claim
from distui.submissions.ledger.send import send
from distui.submissions.models import Submission


@pytest.mark.django_db(transaction=True)
def test_lines_of_a_submission_name_it(json_log, aws, draft, target, alice):
    submission = create_submission(draft=draft, target=target, user=alice, token=draft.client_token)
    send(attempt=claim(among=Submission.objects.due(), worker="host/1/worker"))
    lines = [line for line in json_log() if "submission" in line]
    assert [line["message"] for line in lines] == [
        f"Submission {submission.pk} to {target.name} was stored.",
        f"Attempt 1 of submission {submission.pk}: accepted, so it is created.",
    ]
    for line in lines:
        assert (line["submission"], line["target"]) == (submission.pk, target.name)
        assert line["person"] == "alice"

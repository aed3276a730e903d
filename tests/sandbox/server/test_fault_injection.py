"""Injected faults, and the log with which tests count requests."""

from __future__ import annotations

import hashlib
import json
from http.client import IncompleteRead
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.sandbox.calls import create, get, rejected_call

pytestmark = pytest.mark.process


def log_entries(send: Any, token: str) -> list[dict[str, Any]]:
    """Return the log entries of the Create requests with a token."""
    status, _, body = send("GET", "/sandbox/log")
    assert status == 200
    return [entry for entry in json.loads(body) if entry["clientToken"] == token]


def exists(imagebuilder: Any, name: str) -> bool:
    response = imagebuilder.list_distribution_configurations(
        filters=[{"name": "name", "values": [name]}]
    )
    return bool(response["distributionConfigurationSummaryList"])


def test_the_log_has_digest_and_outcome_of_each_request(send, document):
    body = json.dumps(document).encode()
    for _ in range(2):
        assert send("PUT", "/CreateDistributionConfiguration", body)[0] == 200
    entry = {
        "name": document["name"],
        "clientToken": document["clientToken"],
        "sha256": hashlib.sha256(body).hexdigest(),
        "fault": None,
        "outcome": "accepted",
    }
    assert log_entries(send, document["clientToken"]) == [entry, entry]


def test_an_error_is_logged_with_its_code(imagebuilder, send, document):
    document["distributions"] = []
    rejected_call(imagebuilder.create_distribution_configuration, **document)
    assert [one["outcome"] for one in log_entries(send, document["clientToken"])] == [
        "InvalidParameterValueException"
    ]


def test_a_throttle_happens_once(imagebuilder, plan_faults, document):
    plan_faults({"kind": "throttle"})
    code, status, _ = rejected_call(imagebuilder.create_distribution_configuration, **document)
    assert (code, status) == ("CallRateLimitExceededException", 429)
    assert create(imagebuilder, document)


def test_errors_happen_in_the_planned_order(imagebuilder, plan_faults, document):
    plan_faults({"kind": "error"}, {"kind": "error", "status": 402, "code": "Made.Up"})
    first, second = (
        rejected_call(imagebuilder.create_distribution_configuration, **document)[:2]
        for _ in range(2)
    )
    assert (first, second) == (("ServiceException", 500), ("Made.Up", 402))


def test_a_fault_can_wait_for_a_name(imagebuilder, plan_faults, document):
    plan_faults({"kind": "throttle", "name": "Another name"})
    assert create(imagebuilder, document)
    document |= {"name": "Another name", "clientToken": "named"}
    with pytest.raises(ClientError, match="CallRateLimitExceededException"):
        create(imagebuilder, document)


def test_drop_before_creates_nothing(imagebuilder, plan_faults, send, document):
    plan_faults({"kind": "drop-before"})
    with pytest.raises(ConnectionClosedError):
        create(imagebuilder, document)
    assert not exists(imagebuilder, document["name"])
    entry = log_entries(send, document["clientToken"])[0]
    assert (entry["fault"], entry["outcome"]) == ("drop-before", None)


def test_drop_after_creates(imagebuilder, plan_faults, send, document):
    plan_faults({"kind": "drop-after"})
    with pytest.raises(ConnectionClosedError):
        create(imagebuilder, document)
    assert exists(imagebuilder, document["name"])
    entry = log_entries(send, document["clientToken"])[0]
    assert (entry["fault"], entry["outcome"]) == ("drop-after", "accepted")
    assert get(imagebuilder, create(imagebuilder, document))["name"] == document["name"]


def test_boto3_reads_a_truncated_response_as_empty(imagebuilder, plan_faults, document):
    plan_faults({"kind": "truncate-after"})
    response = imagebuilder.create_distribution_configuration(**document)
    assert "distributionConfigurationArn" not in response
    assert exists(imagebuilder, document["name"])


def test_a_truncated_response_is_shorter_than_its_content_length(plan_faults, send, document):
    plan_faults({"kind": "truncate-after"})
    with pytest.raises(IncompleteRead):
        send("PUT", "/CreateDistributionConfiguration", json.dumps(document).encode())


def test_a_delay_times_the_caller_out(connect, plan_faults, document):
    plan_faults({"kind": "delay", "seconds": 2})
    with pytest.raises(ReadTimeoutError):
        create(connect("imagebuilder", timeout=0.2), document)


@pytest.mark.parametrize(
    "plan",
    [
        b"{",
        b"{}",
        b"[1]",
        b'[{"kind": "fire"}]',
        b'[{"kind": "delay", "seconds": "1"}]',
        b'[{"kind": "error", "status": "500"}]',
        b'[{"kind": "throttle", "unknown": 1}]',
    ],
)
def test_an_invalid_plan_is_rejected(send, plan):
    status, _, body = send("PUT", "/sandbox/faults", plan)
    assert status == 400
    assert body.startswith(b"Not a list of faults")


def test_other_control_requests_are_not_found(send):
    assert send("GET", "/sandbox/faults")[0] == 404

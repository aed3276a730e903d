"""Faults on purpose, and the log by which a test counts what was sent."""

from __future__ import annotations

import hashlib
import json
from http.client import IncompleteRead
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from tests.sandbox.calls import created, got, refused


def logged(send: Any, token: str) -> list[dict[str, Any]]:
    """What the log says about the create requests with a token, without what never varies."""
    status, _, body = send("GET", "/sandbox/log")
    assert status == 200
    return [entry for entry in json.loads(body) if entry["clientToken"] == token]


def exists(imagebuilder: Any, name: str) -> bool:
    found = imagebuilder.list_distribution_configurations(
        filters=[{"name": "name", "values": [name]}]
    )
    return bool(found["distributionConfigurationSummaryList"])


def test_the_log_counts_requests_with_their_bytes_and_outcomes(send, document):
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
    assert logged(send, document["clientToken"]) == [entry, entry]


def test_a_refusal_is_logged_by_its_code(imagebuilder, send, document):
    document["distributions"] = []
    refused(imagebuilder.create_distribution_configuration, **document)
    assert [one["outcome"] for one in logged(send, document["clientToken"])] == [
        "InvalidParameterValueException"
    ]


def test_a_throttle_comes_once(imagebuilder, plan_faults, document):
    plan_faults({"kind": "throttle"})
    code, status, _ = refused(imagebuilder.create_distribution_configuration, **document)
    assert (code, status) == ("CallRateLimitExceededException", 429)
    assert created(imagebuilder, document)


def test_errors_come_in_the_order_planned(imagebuilder, plan_faults, document):
    plan_faults({"kind": "error"}, {"kind": "error", "status": 402, "code": "Made.Up"})
    first, second = (
        refused(imagebuilder.create_distribution_configuration, **document)[:2] for _ in range(2)
    )
    assert (first, second) == (("ServiceException", 500), ("Made.Up", 402))


def test_a_fault_may_wait_for_a_name(imagebuilder, plan_faults, document):
    plan_faults({"kind": "throttle", "name": "Another name"})
    assert created(imagebuilder, document)
    document |= {"name": "Another name", "clientToken": "named"}
    with pytest.raises(ClientError, match="CallRateLimitExceededException"):
        created(imagebuilder, document)


def test_a_connection_dropped_before_acting_creates_nothing(
    imagebuilder, plan_faults, send, document
):
    plan_faults({"kind": "drop-before"})
    with pytest.raises(ConnectionClosedError):
        created(imagebuilder, document)
    assert not exists(imagebuilder, document["name"])
    entry = logged(send, document["clientToken"])[0]
    assert (entry["fault"], entry["outcome"]) == ("drop-before", None)


def test_a_connection_dropped_after_acting_has_created(imagebuilder, plan_faults, send, document):
    plan_faults({"kind": "drop-after"})
    with pytest.raises(ConnectionClosedError):
        created(imagebuilder, document)
    assert exists(imagebuilder, document["name"])
    entry = logged(send, document["clientToken"])[0]
    assert (entry["fault"], entry["outcome"]) == ("drop-after", "accepted")
    assert got(imagebuilder, created(imagebuilder, document))["name"] == document["name"]


def test_a_truncated_answer_is_no_json_and_no_error_either(imagebuilder, plan_faults, document):
    plan_faults({"kind": "truncate-after"})
    # boto3 takes the half answer for an empty one.
    answer = imagebuilder.create_distribution_configuration(**document)
    assert "distributionConfigurationArn" not in answer
    assert exists(imagebuilder, document["name"])


def test_a_truncated_answer_promises_more_bytes_than_come(plan_faults, send, document):
    plan_faults({"kind": "truncate-after"})
    with pytest.raises(IncompleteRead):
        send("PUT", "/CreateDistributionConfiguration", json.dumps(document).encode())


def test_a_delay_keeps_the_caller_waiting(connect, plan_faults, document):
    plan_faults({"kind": "delay", "seconds": 2})
    with pytest.raises(ReadTimeoutError):
        created(connect("imagebuilder", timeout=0.2), document)


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
def test_a_plan_that_cannot_be_read_is_refused(send, plan):
    status, _, answer = send("PUT", "/sandbox/faults", plan)
    assert status == 400
    assert answer.startswith(b"Not a list of faults")


def test_other_control_paths_are_not_there(send):
    assert send("GET", "/sandbox/faults")[0] == 404

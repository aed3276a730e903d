"""Malformed bodies, paths and query strings."""

from __future__ import annotations

import json

import pytest

CREATE = ("PUT", "/CreateDistributionConfiguration")


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'"text"',
        b"null",
        b"{",
        b'{"name": "abc"',
        b"\xff\xfe{\x00}\x00",
        b'{"name": "\xe4"}',
        b'{"name": "\\ud800"}',
        b'{"name": NaN}',
        b'{"name": ' + b"1" * 5000 + b"}",
        b'{"distributions": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_a_body_other_than_an_object_is_rejected(send, body):
    status, headers, content = send(*CREATE, body)
    assert (status, headers["x-amzn-ErrorType"]) == (400, "InvalidRequestException")
    assert json.loads(content)["message"]
    assert headers["x-amzn-RequestId"]


def test_an_empty_body_is_missing_members(send):
    status, _, content = send(*CREATE)
    assert status == 400
    assert "'name'" in json.loads(content)["message"]


def test_an_unknown_path_is_an_unknown_operation(send):
    status, headers, _ = send("GET", "/CreateDistributionConfiguration")
    assert (status, headers["x-amzn-ErrorType"]) == (404, "UnknownOperationException")


def test_a_missing_query_parameter_is_named(send):
    status, _, content = send("GET", "/GetDistributionConfiguration?distributionConfigurationARN=x")
    assert status == 400
    assert "'distributionConfigurationArn'" in json.loads(content)["message"]


def test_the_path_takes_precedence_over_the_body(send, imagebuilder, document):
    arn = imagebuilder.create_distribution_configuration(**document)["distributionConfigurationArn"]
    path = "/tags/" + arn.replace(":", "%3A").replace("/", "%2F")
    body = json.dumps({"resourceArn": arn + "-other", "tags": {"Team": "a"}}).encode()
    assert send("POST", path, body)[0] == 200
    assert imagebuilder.list_tags_for_resource(resourceArn=arn)["tags"] == {"Team": "a"}

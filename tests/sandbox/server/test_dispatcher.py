"""The requests that are accepted, their account, and the service that handles them."""

from __future__ import annotations

import json

from distui.sandbox.sample_data import ACCOUNT
from tests import sandbox_process
from tests.sandbox.calls import create, get, rejected_call

MEMBER = "072964183051"


def assume_role(connect, account: str) -> dict[str, str]:
    """Return credentials of a session in another account, as boto3 arguments."""
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    session = connect("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return {
        "aws_access_key_id": session["AccessKeyId"],
        "aws_secret_access_key": session["SecretAccessKey"],
        "aws_session_token": session["SessionToken"],
    }


def test_a_request_without_credential_scope_is_rejected(send):
    status, headers, body = send("GET", "/", headers={"X-Nothing": ""})
    assert (status, headers["Content-Type"]) == (403, "application/json")
    assert headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"
    assert "credential scope" in json.loads(body)["message"]


def test_any_key_uses_the_default_account(connect):
    assert connect("sts").get_caller_identity()["Account"] == ACCOUNT


def test_an_assumed_role_creates_in_its_own_account(connect, imagebuilder, document):
    session = assume_role(connect, MEMBER)
    member = connect("imagebuilder", **session)
    arn = create(member, document)
    assert arn.split(":")[4] == MEMBER
    assert get(member, arn)["name"] == document["name"]
    assert create(imagebuilder, document).split(":")[4] == ACCOUNT  # same name, same token
    code, _, _ = rejected_call(
        imagebuilder.get_distribution_configuration, distributionConfigurationArn=arn
    )
    assert code == "ForbiddenException"
    assert connect("sts", **session).get_caller_identity()["Account"] == MEMBER


def test_an_unknown_session_is_expired(connect, document):
    client = connect("imagebuilder", aws_access_key_id="ASIAZZZZZZZZZZZZZZZZ")
    code, status, _ = rejected_call(client.create_distribution_configuration, **document)
    assert (code, status) == ("ExpiredTokenException", 403)


def test_a_path_can_contain_any_character(connect):
    s3 = connect("s3")
    s3.put_object(Bucket="tidewater-image-build-logs", Key="größe/a+b", Body=b"a log")
    response = s3.get_object(Bucket="tidewater-image-build-logs", Key="größe/a+b")
    assert response["Body"].read() == b"a log"


def test_other_sites_cannot_read_responses(send):
    scope = "AKIATESTS/20260101/eu-west-1/s3/aws4_request"
    signed_headers = {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0",
        **sandbox_process.CONTROL,
    }
    for path in ("/", "/healthz", "/sandbox/log"):
        status, headers, _ = send(
            "GET", path, headers=signed_headers | {"Origin": "https://example.com"}
        )
        assert status == 200
        assert "Access-Control-Allow-Origin" not in headers

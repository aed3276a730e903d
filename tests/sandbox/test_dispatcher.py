"""Which requests come in, whose account they act in, and where they are sent."""

from __future__ import annotations

import json

from distui.sandbox.company import ACCOUNT
from tests.sandbox.calls import created, got, refused

MEMBER = "072964183051"


def assume(connect, account: str) -> dict[str, str]:
    """Credentials of a session in another account, as boto3 takes them."""
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    session = connect("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    return {
        "aws_access_key_id": session["AccessKeyId"],
        "aws_secret_access_key": session["SecretAccessKey"],
        "aws_session_token": session["SessionToken"],
    }


def test_a_request_without_credential_scope_is_refused(send):
    status, headers, answer = send("GET", "/", headers={"X-Nothing": ""})
    assert (status, headers["Content-Type"]) == (403, "application/json")
    assert headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"
    assert "credential scope" in json.loads(answer)["message"]


def test_any_key_acts_in_the_account_of_the_sandbox(connect):
    assert connect("sts").get_caller_identity()["Account"] == ACCOUNT


def test_an_assumed_role_creates_in_its_own_account(connect, imagebuilder, document):
    session = assume(connect, MEMBER)
    member = connect("imagebuilder", **session)
    arn = created(member, document)
    assert arn.split(":")[4] == MEMBER
    assert got(member, arn)["name"] == document["name"]
    assert created(imagebuilder, document).split(":")[4] == ACCOUNT  # same name, same token
    code, _, _ = refused(
        imagebuilder.get_distribution_configuration, distributionConfigurationArn=arn
    )
    assert code == "ForbiddenException"
    assert connect("sts", **session).get_caller_identity()["Account"] == MEMBER


def test_a_session_that_the_sandbox_does_not_know_is_over(connect, document):
    stranger = connect("imagebuilder", aws_access_key_id="ASIAZZZZZZZZZZZZZZZZ")
    code, status, _ = refused(stranger.create_distribution_configuration, **document)
    assert (code, status) == ("ExpiredTokenException", 403)


def test_a_path_may_hold_any_character(connect):
    s3 = connect("s3")
    s3.put_object(Bucket="tidewater-image-build-logs", Key="größe/a+b", Body=b"a log")
    got_ = s3.get_object(Bucket="tidewater-image-build-logs", Key="größe/a+b")
    assert got_["Body"].read() == b"a log"


def test_no_page_of_another_site_may_read_answers(send):
    scope = "AKIATESTS/20260101/eu-west-1/s3/aws4_request"
    signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0"}
    for path in ("/", "/healthz", "/sandbox/log"):
        status, answered, _ = send("GET", path, headers=signed | {"Origin": "https://example.com"})
        assert status == 200
        assert "Access-Control-Allow-Origin" not in answered

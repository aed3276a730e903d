"""Whose the credentials of a target are, as STS tells it."""

from __future__ import annotations

import pytest

from distui.targets.models import Target
from distui.targets.resolve_account import NoAccount, learn_account
from tests.aws.conftest import no_aws_settings as no_aws_settings
from tests.targets.conftest import ACCOUNT

IN_IRELAND = {"region": "eu-west-1"}
MEMBER = "591837264018"
ROLE = f"arn:aws:iam::{MEMBER}:role/EC2ImageBuilderDistributionCrossAccountRole"


@pytest.fixture
def credentials(sandbox, monkeypatch):
    """A key in the environment, good for the sandbox, to which the environment leads."""
    learn_account(Target(**IN_IRELAND, kind=Target.Kind.SANDBOX))  # it is filled from here on
    monkeypatch.setenv("AWS_ENDPOINT_URL", sandbox)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATESTS")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-checked")


@pytest.mark.parametrize(
    ("fields", "account"),
    [
        ({"kind": "sandbox"}, ACCOUNT),
        ({"kind": "chain"}, ACCOUNT),
        ({"kind": "role", "role_arn": ROLE, "external_id": "tidewater"}, MEMBER),
    ],
)
def test_each_kind_of_credentials_has_its_account(credentials, fields, account):
    target = Target(**IN_IRELAND, **fields)
    learn_account(target)
    assert (target.account, target.partition) == (account, "aws")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "chain"}, r"no usable credentials\. \(Unable to locate credentials\)"),
        ({"kind": "profile", "profile": "prod"}, r"no usable credentials\. .*\(prod\)"),
        ({"kind": "sandbox"}, r"AWS can't be reached\. \(.*127\.0\.0\.1"),
    ],
)
def test_without_an_answer_it_says_why_and_learns_nothing(no_sandbox, fields, reason):
    target = Target(**IN_IRELAND, **fields, account="123456789012")
    with pytest.raises(NoAccount, match=reason):
        learn_account(target)
    assert target.account == "123456789012"

"""The account of a target's credentials, according to STS."""

from __future__ import annotations

import pytest

from distui.targets.models import Target
from distui.targets.resolve_account import AccountNotResolved, resolve_account
from tests.aws.conftest import no_aws_settings as no_aws_settings
from tests.targets.conftest import ACCOUNT

IN_IRELAND = {"region": "eu-west-1"}
MEMBER = "591837264018"
ROLE = f"arn:aws:iam::{MEMBER}:role/EC2ImageBuilderDistributionCrossAccountRole"


@pytest.fixture
def credentials(sandbox, monkeypatch):
    """Credentials and an endpoint in the environment, for the sandbox."""
    resolve_account(Target(**IN_IRELAND, kind=Target.Kind.SANDBOX))  # waits until it is seeded
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
def test_it_resolves_each_kind_of_credentials(credentials, fields, account):
    target = Target(**IN_IRELAND, **fields)
    resolve_account(target)
    assert (target.account, target.partition) == (account, "aws")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "chain"}, r"no usable credentials\. \(Unable to locate credentials\)"),
        ({"kind": "profile", "profile": "prod"}, r"no usable credentials\. .*\(prod\)"),
        ({"kind": "sandbox"}, r"AWS can't be reached\. \(.*127\.0\.0\.1"),
    ],
)
def test_it_raises_and_sets_nothing_without_an_answer(no_sandbox, fields, reason):
    target = Target(**IN_IRELAND, **fields, account="123456789012")
    with pytest.raises(AccountNotResolved, match=reason):
        resolve_account(target)
    assert target.account == "123456789012"

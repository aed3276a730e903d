"""The inventory over HTTP against a real sandbox process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from distui.aws.inventory import InventoryFailed, resources
from tests.product import free_port

KINDS = {
    "Accounts",
    "ECR repositories",
    "KMS keys",
    "Launch templates",
    "License configurations",
    "Organization",
    "Organizational units",
    "S3 buckets",
}
WITHOUT_A_REGION = {"Accounts", "Organization", "Organizational units"}


def test_each_kind_has_the_value_of_its_field(connection):
    found = resources(connection, ("eu-west-1", "us-east-1"))
    assert {resource.kind for resource in found} == KINDS
    assert {resource.region for resource in found} == {"", "eu-west-1", "us-east-1"}
    for resource in found:
        assert (resource.region == "") == (resource.kind in WITHOUT_A_REGION)
        if resource.kind == "KMS keys":
            prefix = f"arn:aws:kms:{resource.region}:418273950164:alias/"
            assert resource.value.startswith(prefix)


def test_an_account_that_does_not_answer_is_an_error(connection):
    nowhere = replace(connection, sandbox_url=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(InventoryFailed):
        resources(nowhere, ("eu-west-1",))

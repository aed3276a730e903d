"""Rules that compare a draft with the configurations in the target's account."""

from __future__ import annotations

import json

import pytest

from distui.builder.rule_context import target_context
from distui.core import check
from distui.submissions.models import SubmissionState
from tests.factories import make_submission

pytestmark = pytest.mark.django_db

PARAMETER = {"parameterName": "/imagebuilder/golden", "dataType": "aws:ec2:image"}


def document(name, *regions):
    ami = {"name": "web {{ imagebuilder:buildDate }}", "description": "Web"}
    parts = [
        {
            "region": region,
            "amiDistributionConfiguration": ami,
            "ssmParameterConfigurations": [PARAMETER],
        }
        for region in regions
    ]
    return {"name": name, "distributions": parts}


def rules(target, *regions, name="web"):
    found = check(document(name, *regions), target_context(target))
    return {f.rule: f.message for f in found if f.rule in ("L075", "L076")}


@pytest.fixture
def golden(target, alice):
    """Return a created configuration with two Regions."""
    request = json.dumps(document("golden", "eu-west-1", "eu-west-2"))
    return make_submission(alice, name="golden", target=target, request=request)


def test_another_configuration_writes_the_parameter(target, golden):
    found = rules(target, "eu-west-1")
    assert [*found] == ["L075"]
    assert "“golden” also writes to this" in found["L075"]
    assert rules(target, "us-east-1") == {}


def test_it_reports_a_removed_region(target, golden):
    assert "distributes to eu-west-2" in rules(target, "eu-west-1", name="golden")["L076"]
    assert rules(target, "eu-west-1", "eu-west-2", name="golden") == {}


def test_only_created_configurations_of_the_account_are_known(target, golden):
    golden.state, golden.arn = SubmissionState.REJECTED, ""
    golden.save()
    assert rules(target, "eu-west-1") == {}
    golden.state, golden.arn, golden.account = SubmissionState.CREATED, "arn:aws:x", "410987654321"
    golden.save()
    assert rules(target, "eu-west-1") == {}


def test_a_configuration_of_another_home_region_has_another_name(target, golden):
    golden.region = "ap-south-1"
    golden.save()
    assert "“golden (ap-south-1)”" in rules(target, "eu-west-1")["L075"]
    assert [*rules(target, "eu-west-1", name="golden")] == ["L075"]

"""What a target may be, who may use it, and where it leads."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from distui.aws import gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Unknown
from distui.targets.models import Target

ROLE_ARN = "arn:aws:iam::123456789012:role/publisher"
KINDS = [
    ({"kind": "sandbox"}, True),
    ({"kind": "chain"}, True),
    ({"kind": "profile", "profile": "p"}, True),
    ({"kind": "role", "role_arn": ROLE_ARN, "external_id": "abc"}, True),
    ({"kind": "chain", "profile": "p"}, False),
    ({"kind": "sandbox", "role_arn": ROLE_ARN, "external_id": "abc"}, False),
    ({"kind": "chain", "external_id": "abc"}, False),
    ({"kind": "profile"}, False),
    ({"kind": "profile", "profile": "p", "role_arn": ROLE_ARN}, False),
    ({"kind": "role", "role_arn": ROLE_ARN}, False),
    ({"kind": "role", "external_id": "abc"}, False),
    ({"kind": "elsewhere"}, False),
]


def target(**fields):
    """A target, unsaved."""
    return Target(**{"name": "production", "region": "eu-west-1"} | fields)


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "fits"), KINDS)
def test_forms_and_the_database_agree_on_what_each_kind_needs(fields, fits):
    if fits:
        target(**fields).full_clean()
        target(**fields).save()
        return
    with pytest.raises(ValidationError):
        target(**fields).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        target(**fields).save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"region": "EU-WEST-1"},
        {"region": "local"},
        {"region": "eu-west-9"},
        {"region": "x@evil.com"},
        {"region": "eu-west-1\n"},
        {"region": ""},
        {"account": "12345678901"},
        {"account": "123456789012\n"},
        {"account": "１２３４５６７８９０１２"},
        {"name": ""},
        {"kind": "role", "external_id": "a", "role_arn": ROLE_ARN},
        {"kind": "role", "external_id": "abc d", "role_arn": ROLE_ARN},
        {"kind": "role", "external_id": "abc", "role_arn": ROLE_ARN + "\n"},
        {"kind": "role", "external_id": "abc", "role_arn": "role/publisher"},
        {"kind": "role", "external_id": "abc", "role_arn": ROLE_ARN.replace(":iam:", ":sts:")},
        {"kind": "role", "external_id": "abc", "role_arn": ROLE_ARN.replace("aws", 'aws">')},
        {"kind": "role", "external_id": "abc", "role_arn": ROLE_ARN.replace("role/", "user/")},
    ],
)
def test_it_refuses_what_could_not_be_used(fields):
    with pytest.raises(ValidationError):
        target(**fields).full_clean()


@pytest.mark.django_db
def test_a_misspelt_region_gets_a_suggestion():
    with pytest.raises(ValidationError, match=r"Did you mean eu-west-1\?"):
        target(region="eu-wst-1").full_clean()


@pytest.mark.django_db
def test_a_region_that_the_deployment_adds_is_known(settings):
    settings.DISTUI_EXTRA_REGIONS = frozenset({"eu-west-9"})
    target(region="eu-west-9").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
)
def test_the_partition_follows_from_the_region(region, partition):
    made = target(region=region)
    made.full_clean()
    assert made.partition == partition


@pytest.mark.django_db
def test_no_field_says_where_the_endpoint_is():
    assert not [field.name for field in Target._meta.get_fields() if "url" in field.name]
    assert not [field.name for field in Target._meta.get_fields() if "endpoint" in field.name]


def test_without_groups_everyone_who_may_sign_in_may_use_it(alice, charlie):
    target().save()
    assert [made.name for made in Target.objects.usable_by(charlie)] == ["production"]


def test_with_groups_only_their_members_may_use_it(alice, charlie):
    made = target()
    made.save()
    for name in ("publishers", "night shift"):
        group = Group.objects.create(name=name)
        made.groups.add(group)
        alice.groups.add(group)
    assert Target.objects.usable_by(alice).count() == 1
    assert not Target.objects.usable_by(charlie).exists()
    alice.groups.clear()
    assert not Target.objects.usable_by(alice).exists()


def test_superusers_may_use_all_and_nobody_else_any(alice):
    made = target()
    made.save()
    made.groups.add(Group.objects.create(name="publishers"))
    root = User.objects.create_superuser("root")
    assert Target.objects.usable_by(root).count() == 1
    assert not Target.objects.usable_by(AnonymousUser()).exists()
    for user in (alice, root):
        user.is_active = False
        assert not Target.objects.usable_by(user).exists()


def test_a_role_s_session_is_named_after_who_submits(alice):
    role = target(kind="role", role_arn=ROLE_ARN, external_id="abc")
    expected = AwsConnection(
        "eu-west-1", role_arn=ROLE_ARN, external_id="abc", session_name="alice", sandbox_url=""
    )
    assert role.access(alice) == expected


def test_only_the_sandbox_s_target_leads_to_the_sandbox(settings):
    settings.DISTUI_SANDBOX_URL = "http://127.0.0.1:4566"
    assert target(kind="sandbox").access().sandbox_url == "http://127.0.0.1:4566"
    assert target(kind="chain").access().sandbox_url == ""


def test_a_sandbox_that_does_not_run_never_becomes_the_real_aws(no_sandbox):
    access = target(kind="sandbox").access()
    outcome = gateway.identity(access)
    assert isinstance(outcome, Unknown)
    assert outcome.code == "EndpointConnectionError"
    assert "amazonaws" not in outcome.message

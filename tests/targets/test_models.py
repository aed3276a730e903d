"""A target's validation, its permissions and its connection."""

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
    ({"kind": "role", "role_arn": ROLE_ARN}, True),
    ({"kind": "chain", "profile": "p"}, False),
    ({"kind": "sandbox", "role_arn": ROLE_ARN, "external_id": "abc"}, False),
    ({"kind": "chain", "external_id": "abc"}, False),
    ({"kind": "profile"}, False),
    ({"kind": "profile", "profile": "p", "role_arn": ROLE_ARN}, False),
    ({"kind": "role", "external_id": "abc"}, False),
    ({"kind": "unknown"}, False),
]


def target(**fields):
    """Return an unsaved target."""
    return Target(**{"name": "production", "region": "eu-west-1"} | fields)


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "valid"), KINDS)
def test_forms_and_the_database_agree_on_required_fields(fields, valid):
    if valid:
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
def test_it_rejects_invalid_fields(fields):
    with pytest.raises(ValidationError):
        target(**fields).full_clean()


@pytest.mark.django_db
def test_it_suggests_a_region_for_a_misspelt_one():
    with pytest.raises(ValidationError, match=r"Did you mean eu-west-1\?"):
        target(region="eu-wst-1").full_clean()


@pytest.mark.django_db
def test_it_accepts_extra_regions(settings):
    settings.DISTUI_EXTRA_REGIONS = frozenset({"eu-west-9"})
    target(region="eu-west-9").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
)
def test_the_partition_is_set_from_the_region(region, partition):
    saved = target(region=region)
    saved.full_clean()
    assert saved.partition == partition


@pytest.mark.django_db
def test_there_is_no_endpoint_field():
    assert not [field.name for field in Target._meta.get_fields() if "url" in field.name]
    assert not [field.name for field in Target._meta.get_fields() if "endpoint" in field.name]


def test_a_new_target_is_for_superusers_only(alice):
    saved = target()
    saved.save()
    assert saved.audience == "Superusers only"
    assert not Target.objects.usable_by(alice).exists()


def test_everyone_may_use_a_target_for_everyone(charlie):
    saved = target(everyone=True)
    saved.save()
    assert saved.audience == "Everyone"
    assert Target.objects.usable_by(charlie).get() == saved


def test_deleting_its_last_group_closes_a_target(alice):
    saved, group = target(), Group.objects.create(name="publishers")
    saved.save()
    saved.groups.add(group)
    alice.groups.add(group)
    assert saved.audience == "Groups: publishers"
    assert Target.objects.usable_by(alice).exists()
    group.delete()
    assert not Target.objects.usable_by(alice).exists()


def test_only_members_may_use_a_target_with_groups(alice, charlie):
    saved = target()
    saved.save()
    for name in ("publishers", "night shift"):
        group = Group.objects.create(name=name)
        saved.groups.add(group)
        alice.groups.add(group)
    assert Target.objects.usable_by(alice).count() == 1
    assert not Target.objects.usable_by(charlie).exists()
    alice.groups.clear()
    assert not Target.objects.usable_by(alice).exists()


def test_superusers_may_use_all_and_inactive_users_none(alice):
    saved = target()
    saved.save()
    saved.groups.add(Group.objects.create(name="publishers"))
    root = User.objects.create_superuser("root")
    assert Target.objects.usable_by(root).count() == 1
    assert not Target.objects.usable_by(AnonymousUser()).exists()
    for user in (alice, root):
        user.is_active = False
        assert not Target.objects.usable_by(user).exists()


def test_a_roles_session_is_named_after_the_user(alice):
    role = target(kind="role", role_arn=ROLE_ARN, external_id="abc")
    expected = AwsConnection(
        "eu-west-1", role_arn=ROLE_ARN, external_id="abc", session_name="alice", sandbox_url=""
    )
    assert role.connection(alice) == expected


def test_only_the_sandbox_target_connects_to_the_sandbox(settings):
    settings.DISTUI_SANDBOX_URL = "http://127.0.0.1:4566"
    assert target(kind="sandbox").connection().sandbox_url == "http://127.0.0.1:4566"
    assert target(kind="chain").connection().sandbox_url == ""


def test_a_stopped_sandbox_never_becomes_the_real_aws(no_sandbox):
    identity = gateway.identity(target(kind="sandbox").connection())
    assert isinstance(identity, Unknown)
    assert identity.code == "EndpointConnectionError"
    assert "amazonaws" not in identity.message

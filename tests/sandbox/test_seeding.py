"""The company that the account is filled with, seen through boto3."""

from __future__ import annotations

import uuid

import pytest

from distui.sandbox import company
from tests.sandbox.calls import created, got


def test_the_organization_has_its_units_and_accounts(connect):
    organizations = connect("organizations")
    root = organizations.list_roots()["Roots"][0]["Id"]
    found = {}
    units = organizations.list_organizational_units_for_parent(ParentId=root)
    for unit in units["OrganizationalUnits"]:
        accounts = organizations.list_accounts_for_parent(ParentId=unit["Id"])["Accounts"]
        found |= {account["Id"]: (account["Name"], unit["Name"]) for account in accounts}
    assert found == {one.id: (one.name, one.unit) for one in company.MEMBERS}
    master = organizations.describe_organization()["Organization"]["MasterAccountId"]
    assert master == company.ACCOUNT


def test_account_ids_begin_with_zero_somewhere():
    assert any(member.id.startswith("0") for member in company.MEMBERS)
    assert all(len(member.id) == 12 for member in company.MEMBERS)


@pytest.mark.parametrize("region", company.LAUNCH_TEMPLATES)
def test_launch_templates_stand_in_each_region(connect, region):
    listed = connect("ec2", region=region).describe_launch_templates()["LaunchTemplates"]
    assert {one["LaunchTemplateName"] for one in listed} == set(company.LAUNCH_TEMPLATES[region])


def test_buckets_lie_in_their_regions(connect):
    s3 = connect("s3")
    for bucket, region in company.BUCKETS.items():
        location = s3.get_bucket_location(Bucket=bucket)["LocationConstraint"]
        assert (location or "us-east-1") == region


def test_repositories_stand_in_their_regions(connect):
    for region, repositories in company.REPOSITORIES.items():
        listed = connect("ecr", region=region).describe_repositories()["repositories"]
        assert {one["repositoryName"] for one in listed} == set(repositories)


@pytest.mark.parametrize("region", company.REGIONS)
def test_the_shared_key_has_an_alias_in_every_region(connect, region):
    kms = connect("kms", region=region)
    aliases = {one["AliasName"]: one for one in kms.list_aliases()["Aliases"]}
    shared = aliases[company.SHARED_KEY_ALIAS]
    assert shared["AliasArn"].split(":")[3] == region
    key = kms.describe_key(KeyId=shared["TargetKeyId"])["KeyMetadata"]
    assert key["MultiRegion"]
    assert key["Arn"].split(":")[3] == region
    assert key["KeyId"].startswith("mrk-")


def test_roles_and_parameters_are_there(connect):
    iam = connect("iam")
    for role in company.ROLES:
        assert iam.get_role(RoleName=role.name)["Role"]["Path"] == role.path
    for name, regions in company.PARAMETERS.items():
        for region in regions:
            parameter = connect("ssm", region=region).get_parameter(Name=name)["Parameter"]
            assert parameter["Value"].startswith("ami-")


def test_members_have_the_role_for_copies(connect):
    for member in company.MEMBERS:
        role = f"arn:aws:iam::{member.id}:role/{company.MEMBER_ROLES[0].name}"
        session = connect("sts").assume_role(RoleArn=role, RoleSessionName="t")["Credentials"]
        iam = connect(
            "iam",
            aws_access_key_id=session["AccessKeyId"],
            aws_secret_access_key=session["SecretAccessKey"],
            aws_session_token=session["SessionToken"],
        )
        assert iam.get_role(RoleName=company.MEMBER_ROLES[0].name)["Role"]["Arn"] == role


def test_ids_are_the_same_in_every_process(start, connect):
    def ids(url: str) -> object:
        templates = connect("ec2", url=url).describe_launch_templates()["LaunchTemplates"]
        organization = connect("organizations", url=url).describe_organization()["Organization"]
        keys = connect("kms", url=url).list_keys()["Keys"]
        return (
            sorted(one["LaunchTemplateId"] for one in templates),
            organization["Id"],
            sorted(one["KeyId"] for one in keys),
        )

    assert ids(start()[0]) == ids(start()[0])


def test_the_first_configurations_are_there_once_and_may_be_deleted(start, connect):
    url, process = start()
    client = connect("imagebuilder", url=url)
    listed = client.list_distribution_configurations()["distributionConfigurationSummaryList"]
    assert {one["name"] for one in listed} == {"build-agent-container", "Portal web servers"}
    client.delete_distribution_configuration(distributionConfigurationArn=listed[0]["arn"])
    process.terminate()
    process.wait()
    again = connect("imagebuilder", url=start()[0]).list_distribution_configurations()
    assert len(again["distributionConfigurationSummaryList"]) == 1


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_the_first_configurations_would_be_accepted_today(connect, region):
    client = connect("imagebuilder", region=region)
    listed = client.list_distribution_configurations()["distributionConfigurationSummaryList"]
    assert listed
    for summary in listed:
        kept = got(client, summary["arn"])
        again = {key: kept[key] for key in kept.keys() & {"description", "distributions"}}
        name = {"name": f"Again {uuid.uuid4()}", "clientToken": str(uuid.uuid4())}
        created(client, again | name)

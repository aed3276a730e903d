"""The sample data, read through boto3."""

from __future__ import annotations

import uuid

import pytest

from distui.sandbox import sample_data
from tests.sandbox.calls import create, get

pytestmark = pytest.mark.process


def test_the_organization_has_its_units_and_accounts(connect):
    organizations = connect("organizations")
    root = organizations.list_roots()["Roots"][0]["Id"]
    accounts_found = {}
    units = organizations.list_organizational_units_for_parent(ParentId=root)
    for unit in units["OrganizationalUnits"]:
        accounts = organizations.list_accounts_for_parent(ParentId=unit["Id"])["Accounts"]
        accounts_found |= {account["Id"]: (account["Name"], unit["Name"]) for account in accounts}
    assert accounts_found == {one.id: (one.name, one.unit) for one in sample_data.MEMBERS}
    management_account = organizations.describe_organization()["Organization"]["MasterAccountId"]
    assert management_account == sample_data.ACCOUNT


def test_some_account_ids_start_with_zero():
    assert any(member.id.startswith("0") for member in sample_data.MEMBERS)
    assert all(len(member.id) == 12 for member in sample_data.MEMBERS)


@pytest.mark.parametrize("region", sample_data.LAUNCH_TEMPLATES)
def test_launch_templates_are_in_their_regions(connect, region):
    listed = connect("ec2", region=region).describe_launch_templates()["LaunchTemplates"]
    assert {one["LaunchTemplateName"] for one in listed} == set(
        sample_data.LAUNCH_TEMPLATES[region]
    )


def test_buckets_are_in_their_regions(connect):
    s3 = connect("s3")
    for bucket, region in sample_data.BUCKETS.items():
        location = s3.get_bucket_location(Bucket=bucket)["LocationConstraint"]
        assert (location or "us-east-1") == region


def test_repositories_are_in_their_regions(connect):
    for region, repositories in sample_data.REPOSITORIES.items():
        listed = connect("ecr", region=region).describe_repositories()["repositories"]
        assert {one["repositoryName"] for one in listed} == set(repositories)


@pytest.mark.parametrize("region", sample_data.REGIONS)
def test_the_shared_key_has_an_alias_in_every_region(connect, region):
    kms = connect("kms", region=region)
    aliases = {one["AliasName"]: one for one in kms.list_aliases()["Aliases"]}
    shared = aliases[sample_data.SHARED_KEY_ALIAS]
    assert shared["AliasArn"].split(":")[3] == region
    key = kms.describe_key(KeyId=shared["TargetKeyId"])["KeyMetadata"]
    assert key["MultiRegion"]
    assert key["Arn"].split(":")[3] == region
    assert key["KeyId"].startswith("mrk-")


def test_roles_and_parameters_exist(connect):
    iam = connect("iam")
    for role in sample_data.ROLES:
        assert iam.get_role(RoleName=role.name)["Role"]["Path"] == role.path
    for name, regions in sample_data.PARAMETERS.items():
        for region in regions:
            parameter = connect("ssm", region=region).get_parameter(Name=name)["Parameter"]
            assert parameter["Value"].startswith("ami-")


def test_member_accounts_have_the_distribution_role(connect):
    for member in sample_data.MEMBERS:
        role = f"arn:aws:iam::{member.id}:role/{sample_data.MEMBER_ROLES[0].name}"
        session = connect("sts").assume_role(RoleArn=role, RoleSessionName="t")["Credentials"]
        iam = connect(
            "iam",
            aws_access_key_id=session["AccessKeyId"],
            aws_secret_access_key=session["SecretAccessKey"],
            aws_session_token=session["SessionToken"],
        )
        assert iam.get_role(RoleName=sample_data.MEMBER_ROLES[0].name)["Role"]["Arn"] == role


def test_a_restart_keeps_ids_and_what_was_deleted(start, connect):
    def ids(url: str) -> object:
        templates = connect("ec2", url=url).describe_launch_templates()["LaunchTemplates"]
        organization = connect("organizations", url=url).describe_organization()["Organization"]
        keys = connect("kms", url=url).list_keys()["Keys"]
        return (
            sorted(one["LaunchTemplateId"] for one in templates),
            organization["Id"],
            sorted(one["KeyId"] for one in keys),
        )

    url, process = start()
    first_ids = ids(url)
    client = connect("imagebuilder", url=url)
    listed = client.list_distribution_configurations()["distributionConfigurationSummaryList"]
    assert {one["name"] for one in listed} == {"build-agent-container", "Portal web servers"}
    client.delete_distribution_configuration(distributionConfigurationArn=listed[0]["arn"])
    process.terminate()
    process.wait()
    url, _ = start()
    response = connect("imagebuilder", url=url).list_distribution_configurations()
    assert len(response["distributionConfigurationSummaryList"]) == 1
    assert ids(url) == first_ids


@pytest.mark.parametrize("region", ["eu-west-1", "us-east-1"])
def test_the_sample_configurations_are_valid(connect, region):
    client = connect("imagebuilder", region=region)
    listed = client.list_distribution_configurations()["distributionConfigurationSummaryList"]
    assert listed
    for summary in listed:
        configuration = get(client, summary["arn"])
        again = {
            key: configuration[key]
            for key in configuration.keys() & {"description", "distributions"}
        }
        name = {"name": f"Again {uuid.uuid4()}", "clientToken": str(uuid.uuid4())}
        create(client, again | name)

"""Create the sample data in the moto services, through boto3."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from werkzeug.serving import make_server

from distui.sandbox import sample_data
from distui.sandbox.moto_services import (
    MotoServices,
    clear_replica_aliases,
    deterministic_ids,
    next_account_id,
)
from distui.sandbox.protocol.request_handlers import QuietHandler


@dataclass(frozen=True)
class SampleIds:
    """The generated IDs and ARNs of the sample data, by name."""

    organization_arn: str
    unit_arns: dict[str, str]
    launch_templates: dict[tuple[str, str], str]
    shared_key_arns: dict[str, str]


def seed(services: MotoServices) -> SampleIds:
    """Create the sample data; its IDs are the same in every process."""
    with _serve(services) as endpoint, deterministic_ids("Tidewater Instruments"):
        home = _Clients(endpoint)
        organization_arn, unit_arns = _create_organization(home)
        for role in sample_data.ROLES:
            _create_role(home, role)
        _create_storage(home)
        for member in sample_data.MEMBERS:
            _create_member_roles(endpoint, home, member.id)
        templates, keys = _create_launch_templates(home), _create_keys(home)
        return SampleIds(organization_arn, unit_arns, templates, keys)


class _Clients:
    """The boto3 clients of one account: one for each service and Region."""

    # Shared, because every session loads its data again. Untyped, because boto3's stubs only type
    # clients with literal service names.
    _session: Any = boto3.Session()

    def __init__(self, endpoint: str, credentials: dict[str, str] | None = None) -> None:
        keys = credentials or {"AccessKeyId": "seeding", "SecretAccessKey": "seeding"}
        self._credentials = {
            "aws_access_key_id": keys["AccessKeyId"],
            "aws_secret_access_key": keys["SecretAccessKey"],
            "aws_session_token": keys.get("SessionToken"),
        }
        self._endpoint = endpoint
        self._clients: dict[tuple[str, str], Any] = {}

    def __call__(self, service: str, region: str = sample_data.HOME_REGION) -> Any:
        if (service, region) not in self._clients:
            config = Config(proxies={}, retries={"total_max_attempts": 1})
            self._clients[service, region] = self._session.client(
                service, region, endpoint_url=self._endpoint, config=config, **self._credentials
            )
        return self._clients[service, region]


@contextmanager
def _serve(services: MotoServices) -> Iterator[str]:
    """Serve for the seeding only: the sandbox's server holds requests back until it is done."""
    server = make_server("127.0.0.1", 0, services, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()


def _create_organization(home: _Clients) -> tuple[str, dict[str, str]]:
    organizations = home("organizations")
    organization = organizations.create_organization(FeatureSet="ALL")["Organization"]
    root = organizations.list_roots()["Roots"][0]["Id"]
    units = {
        name: organizations.create_organizational_unit(ParentId=root, Name=name)[
            "OrganizationalUnit"
        ]
        for name in sample_data.UNITS
    }
    for member in sample_data.MEMBERS:
        with next_account_id(member.id):
            organizations.create_account(AccountName=member.name, Email=member.email)
        organizations.move_account(
            AccountId=member.id, SourceParentId=root, DestinationParentId=units[member.unit]["Id"]
        )
    return organization["Arn"], {name: unit["Arn"] for name, unit in units.items()}


def _create_member_roles(endpoint: str, home: _Clients, account: str) -> None:
    # Organizations creates this role in each new account.
    administrator = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    session = home("sts").assume_role(RoleArn=administrator, RoleSessionName="seeding")
    for role in sample_data.MEMBER_ROLES:
        _create_role(_Clients(endpoint, session["Credentials"]), role)


def _create_role(clients: _Clients, role: sample_data.Role) -> None:
    statement = {"Effect": "Allow", "Principal": role.trusted, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    clients("iam").create_role(RoleName=role.name, Path=role.path, AssumeRolePolicyDocument=trust)


def _create_launch_templates(home: _Clients) -> dict[tuple[str, str], str]:
    ids = {}
    for region, templates in sample_data.LAUNCH_TEMPLATES.items():
        ec2 = home("ec2", region)
        for name, instance_type in templates.items():
            created = ec2.create_launch_template(
                LaunchTemplateName=name,
                LaunchTemplateData={"InstanceType": instance_type},
                TagSpecifications=[
                    {
                        "ResourceType": "launch-template",
                        "Tags": [{"Key": "CreatedBy", "Value": "EC2 Image Builder"}],
                    }
                ],
            )
            ids[region, name] = created["LaunchTemplate"]["LaunchTemplateId"]
    return ids


def _create_storage(home: _Clients) -> None:
    for bucket, region in sample_data.BUCKETS.items():
        location = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        home("s3", region).create_bucket(
            Bucket=bucket, **({} if region == "us-east-1" else location)
        )
    for region, repositories in sample_data.REPOSITORIES.items():
        for repository in repositories:
            home("ecr", region).create_repository(repositoryName=repository)
    for parameter, regions in sample_data.PARAMETERS.items():
        for region in regions:
            home("ssm", region).put_parameter(
                Name=parameter,
                Value=sample_data.CURRENT_AMI,
                Type="String",
                DataType="aws:ec2:image",
            )


def _create_keys(home: _Clients) -> dict[str, str]:
    for alias, regions in sample_data.KEY_ALIASES.items():
        for region in regions:
            key = home("kms", region).create_key(Description=alias)["KeyMetadata"]
            home("kms", region).create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    primary = home("kms").create_key(Description="Golden images", MultiRegion=True)["KeyMetadata"]
    for region in sample_data.REGIONS:
        if region != sample_data.HOME_REGION:
            home("kms").replicate_key(KeyId=primary["KeyId"], ReplicaRegion=region)
            clear_replica_aliases(sample_data.ACCOUNT, region, primary["KeyId"])
        home("kms", region).create_alias(
            AliasName=sample_data.SHARED_KEY_ALIAS, TargetKeyId=primary["KeyId"]
        )
    return {r: primary["Arn"].replace(sample_data.HOME_REGION, r) for r in sample_data.REGIONS}

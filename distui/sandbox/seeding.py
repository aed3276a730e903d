"""Fills the services that moto stands in for with the company, through boto3 like anybody else."""

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

from distui.sandbox import company
from distui.sandbox.moto_services import (
    MotoServices,
    ids_made_from,
    next_account_id,
    take_aliases_from_replica,
)
from distui.sandbox.request_handlers import QuietHandler


@dataclass(frozen=True)
class Ids:
    """Ids that moto made up: the company's things by their names."""

    organization_arn: str
    unit_arns: dict[str, str]
    launch_templates: dict[tuple[str, str], str]
    shared_key_arns: dict[str, str]


def fill(services: MotoServices) -> Ids:
    """Creates all of the company that moto holds; the same ids in every process."""
    with _served(services) as endpoint, ids_made_from("Tidewater Instruments"):
        home = _Clients(endpoint)
        organization_arn, unit_arns = _organization(home)
        for role in company.ROLES:
            _role(home, role)
        _storage(home)
        for member in company.MEMBERS:
            _member_roles(endpoint, home, member.id)
        return Ids(organization_arn, unit_arns, _launch_templates(home), _keys(home))


class _Clients:
    """boto3 clients of one account at the endpoint, one for each service and Region."""

    # One session for all, because each loads its data anew. Untyped, because boto3's stubs know a
    # client by the literal name of its service only.
    _session: Any = boto3.Session()

    def __init__(self, endpoint: str, credentials: dict[str, str] | None = None) -> None:
        given = credentials or {"AccessKeyId": "seeding", "SecretAccessKey": "seeding"}
        self._credentials = {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given.get("SessionToken"),
        }
        self._endpoint = endpoint
        self._made: dict[tuple[str, str], Any] = {}

    def __call__(self, service: str, region: str = company.HOME_REGION) -> Any:
        if (service, region) not in self._made:
            config = Config(proxies={}, retries={"total_max_attempts": 1})
            self._made[service, region] = self._session.client(
                service, region, endpoint_url=self._endpoint, config=config, **self._credentials
            )
        return self._made[service, region]


@contextmanager
def _served(services: MotoServices) -> Iterator[str]:
    """A server for the seeding alone, because the sandbox's own lets nobody in before its end."""
    server = make_server("127.0.0.1", 0, services, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        server.server_close()


def _organization(home: _Clients) -> tuple[str, dict[str, str]]:
    organizations = home("organizations")
    organization = organizations.create_organization(FeatureSet="ALL")["Organization"]
    root = organizations.list_roots()["Roots"][0]["Id"]
    units = {
        name: organizations.create_organizational_unit(ParentId=root, Name=name)[
            "OrganizationalUnit"
        ]
        for name in company.UNITS
    }
    for member in company.MEMBERS:
        with next_account_id(member.id):
            organizations.create_account(AccountName=member.name, Email=member.email)
        organizations.move_account(
            AccountId=member.id, SourceParentId=root, DestinationParentId=units[member.unit]["Id"]
        )
    return organization["Arn"], {name: unit["Arn"] for name, unit in units.items()}


def _member_roles(endpoint: str, home: _Clients, account: str) -> None:
    # The role that Organizations puts into each account it creates.
    administrator = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    session = home("sts").assume_role(RoleArn=administrator, RoleSessionName="seeding")
    for role in company.MEMBER_ROLES:
        _role(_Clients(endpoint, session["Credentials"]), role)


def _role(clients: _Clients, role: company.Role) -> None:
    statement = {"Effect": "Allow", "Principal": role.trusted, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    clients("iam").create_role(RoleName=role.name, Path=role.path, AssumeRolePolicyDocument=trust)


def _launch_templates(home: _Clients) -> dict[tuple[str, str], str]:
    ids = {}
    for region, templates in company.LAUNCH_TEMPLATES.items():
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


def _storage(home: _Clients) -> None:
    for bucket, region in company.BUCKETS.items():
        elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": region}}
        home("s3", region).create_bucket(
            Bucket=bucket, **({} if region == "us-east-1" else elsewhere)
        )
    for region, repositories in company.REPOSITORIES.items():
        for repository in repositories:
            home("ecr", region).create_repository(repositoryName=repository)
    for parameter, regions in company.PARAMETERS.items():
        for region in regions:
            home("ssm", region).put_parameter(
                Name=parameter, Value=company.CURRENT_AMI, Type="String", DataType="aws:ec2:image"
            )


def _keys(home: _Clients) -> dict[str, str]:
    for alias, regions in company.KEY_ALIASES.items():
        for region in regions:
            key = home("kms", region).create_key(Description=alias)["KeyMetadata"]
            home("kms", region).create_alias(AliasName=alias, TargetKeyId=key["KeyId"])
    primary = home("kms").create_key(Description="Golden images", MultiRegion=True)["KeyMetadata"]
    for region in company.REGIONS:
        if region != company.HOME_REGION:
            home("kms").replicate_key(KeyId=primary["KeyId"], ReplicaRegion=region)
            take_aliases_from_replica(company.ACCOUNT, region, primary["KeyId"])
        home("kms", region).create_alias(
            AliasName=company.SHARED_KEY_ALIAS, TargetKeyId=primary["KeyId"]
        )
    return {r: primary["Arn"].replace(company.HOME_REGION, r) for r in company.REGIONS}

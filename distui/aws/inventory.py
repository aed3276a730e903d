"""The resources of an account that a distribution configuration can name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from botocore.exceptions import BotoCoreError, ClientError

from distui.aws import sessions
from distui.aws.connection import AwsConnection


class InventoryFailed(Exception):
    """The account can't be reached, or doesn't answer."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: its kind, its name, the value that a field takes, and its Region, if any."""

    kind: str
    name: str
    value: str
    region: str = ""


def resources(connection: AwsConnection, regions: tuple[str, ...]) -> list[Resource]:
    """Return the organization, and what the account has in these Regions.

    Raises ``InventoryFailed``.
    """
    try:
        found = [*_organization(connection), *_buckets(connection)]
        for region in regions:
            for lister in _REGIONAL:
                found += lister(replace(connection, region=region))
    except (BotoCoreError, ClientError) as error:
        raise InventoryFailed from error
    return found


def _organization(connection: AwsConnection) -> Iterator[Resource]:
    client = sessions.client(connection, "organizations")
    organization = client.describe_organization()["Organization"]
    yield Resource("Organization", organization["Id"], organization["Arn"])
    for root in client.list_roots()["Roots"]:
        units = client.list_organizational_units_for_parent(ParentId=root["Id"])
        for unit in units["OrganizationalUnits"]:
            yield Resource("Organizational units", unit["Name"], unit["Arn"])
    for account in client.list_accounts()["Accounts"]:
        yield Resource("Accounts", account["Name"], account["Id"])


def _buckets(connection: AwsConnection) -> Iterator[Resource]:
    client = sessions.client(connection, "s3")
    for bucket in client.list_buckets()["Buckets"]:
        name = bucket["Name"]
        region = client.get_bucket_location(Bucket=name)["LocationConstraint"]
        yield Resource("S3 buckets", name, name, region or "us-east-1")  # which has none


def _keys(connection: AwsConnection) -> Iterator[Resource]:
    for alias in sessions.client(connection, "kms").list_aliases()["Aliases"]:
        if not alias["AliasName"].startswith("alias/aws/"):
            arn = alias["AliasArn"]
            yield Resource("KMS keys", alias["AliasName"], arn, connection.region)


def _launch_templates(connection: AwsConnection) -> Iterator[Resource]:
    client = sessions.client(connection, "ec2")
    for template in client.describe_launch_templates()["LaunchTemplates"]:
        name, id = template["LaunchTemplateName"], template["LaunchTemplateId"]
        yield Resource("Launch templates", name, id, connection.region)


def _repositories(connection: AwsConnection) -> Iterator[Resource]:
    for repository in sessions.client(connection, "ecr").describe_repositories()["repositories"]:
        name = repository["repositoryName"]
        yield Resource("ECR repositories", name, name, connection.region)


def _licenses(connection: AwsConnection) -> Iterator[Resource]:
    client = sessions.client(connection, "license-manager")
    for license in client.list_license_configurations()["LicenseConfigurations"]:
        arn = license["LicenseConfigurationArn"]
        yield Resource("License configurations", license["Name"], arn, connection.region)


_REGIONAL: tuple[Callable[[AwsConnection], Iterator[Resource]], ...] = (
    _keys,
    _launch_templates,
    _repositories,
    _licenses,
)

"""The company whose AWS accounts the sandbox holds: Tidewater Instruments, maker of tide gauges."""

from __future__ import annotations

from dataclasses import dataclass

# The account that calls land in unless they assume a role elsewhere: it manages the organization.
ACCOUNT = "418273950164"
HOME_REGION = "eu-west-1"
REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2")


@dataclass(frozen=True)
class Member:
    """An account of the organization, in the organizational unit of that name."""

    id: str
    name: str
    unit: str

    @property
    def email(self) -> str:
        return f"aws+{self.name}@tidewater.example"


UNITS = ("Security", "Production", "Staging", "Laboratory")
MEMBERS = (
    Member("591837264018", "log-archive", "Security"),
    Member("264839157720", "security-tooling", "Security"),
    Member("072964183051", "gauges-production", "Production"),
    Member("735018462939", "portal-production", "Production"),
    Member("306194827561", "analytics-production", "Production"),
    Member("849261573307", "gauges-staging", "Staging"),
    Member("015738294460", "portal-staging", "Staging"),
    Member("927350618842", "laboratory", "Laboratory"),
)


def accounts_named(*names: str) -> list[str]:
    """The ids of the members with these names, in the order of the organization."""
    return [member.id for member in MEMBERS if member.name in names]


# By Region: launch templates with the instance type of their first version.
LAUNCH_TEMPLATES = {
    "eu-west-1": {
        "portal-web": "m7i.large",
        "gauge-ingest": "c7g.xlarge",
        "build-agent": "c7i.2xlarge",
    },
    "eu-central-1": {"portal-web": "m7i.large", "gauge-ingest": "c7g.xlarge"},
    "us-east-1": {"portal-web": "m7i.large", "windows-desktop": "m7i.xlarge"},
    "ap-southeast-2": {"gauge-ingest": "c7g.large"},
}

BUCKETS = {
    "tidewater-vm-exports": "eu-west-1",
    "tidewater-vm-exports-us": "us-east-1",
    "tidewater-image-build-logs": "eu-west-1",
}

REPOSITORIES = {
    "eu-west-1": ("gauges/ingest", "portal/web", "build/agent"),
    "us-east-1": ("portal/web",),
    "ap-southeast-2": ("gauges/ingest",),
}

# Aliases of customer managed keys. The first has a primary in the home Region and replicas in the
# others; the second is a key of its own in each of its Regions.
SHARED_KEY_ALIAS = "alias/golden-images"
KEY_ALIASES = {"alias/portal-volumes": ("eu-west-1", "eu-central-1", "us-east-1")}

# What the SSM parameters of each Region hold until a build writes them.
CURRENT_AMI = "ami-0d5f3b8a61c94e270"
PARAMETERS = {
    "/imagebuilder/portal-web/ami": ("eu-west-1", "eu-central-1", "us-east-1"),
    "/imagebuilder/gauge-ingest/ami": ("eu-west-1", "ap-southeast-2"),
}


@dataclass(frozen=True)
class Role:
    """An IAM role and the principal that may assume it."""

    name: str
    trusted: dict[str, str]
    path: str = "/"


ROLES = (
    Role("vmimport", {"Service": "vmie.amazonaws.com"}),
    Role(
        "AWSServiceRoleForImageBuilder",
        {"Service": "imagebuilder.amazonaws.com"},
        "/aws-service-role/imagebuilder.amazonaws.com/",
    ),
    Role("ImageBuilderExecution", {"Service": "imagebuilder.amazonaws.com"}),
)
# In every member account, so that the images can be copied there.
MEMBER_ROLES = (
    Role("EC2ImageBuilderDistributionCrossAccountRole", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}),
)


@dataclass(frozen=True)
class License:
    """A licence configuration of License Manager."""

    id: str
    name: str
    description: str
    counted_by: str
    count: int
    region: str
    account: str = ACCOUNT


LICENSES = (
    License(
        "lic-3f9d27b1c5e84a60b8d21f7094ce6a53", "windows-server-2022",
        "Windows Server 2022 Datacenter", "Core", 128, "eu-west-1",
    ),
    License(
        "lic-a804e6195bd74c3f92b7de6f10385c2a", "oracle-linux-support",
        "Oracle Linux Premier Support", "Instance", 24, "eu-west-1",
    ),
    License(
        "lic-5c71f0e8d2a94b36af80469b3de7125f", "windows-server-2022",
        "Windows Server 2022 Datacenter", "Core", 64, "us-east-1",
    ),
)  # fmt: skip

"""The sandbox's sample data: the AWS accounts of Tidewater Instruments, a maker of tide gauges."""

from __future__ import annotations

from dataclasses import dataclass

# The organization's management account: calls run in it unless they assume a role.
ACCOUNT = "418273950164"
HOME_REGION = "eu-west-1"
REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2")


@dataclass(frozen=True)
class MemberAccount:
    """A member account of the organization and the name of its organizational unit."""

    id: str
    name: str
    unit: str

    @property
    def email(self) -> str:
        """Return the address of the account's root user."""
        return f"aws+{self.name}@tidewater.example"


UNITS = ("Security", "Production", "Staging", "Laboratory")
MEMBERS = (
    MemberAccount("591837264018", "log-archive", "Security"),
    MemberAccount("264839157720", "security-tooling", "Security"),
    MemberAccount("072964183051", "gauges-production", "Production"),
    MemberAccount("735018462939", "portal-production", "Production"),
    MemberAccount("306194827561", "analytics-production", "Production"),
    MemberAccount("849261573307", "gauges-staging", "Staging"),
    MemberAccount("015738294460", "portal-staging", "Staging"),
    MemberAccount("927350618842", "laboratory", "Laboratory"),
)


def account_ids(*names: str) -> list[str]:
    """Return the account IDs of the members with these names."""
    return [member.id for member in MEMBERS if member.name in names]


# The launch templates of each Region, with the instance type of their first version.
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

# Aliases of customer managed keys. The shared key is a multi-Region key with its primary in the
# home Region; the others are single-Region keys.
SHARED_KEY_ALIAS = "alias/golden-images"
KEY_ALIASES = {"alias/portal-volumes": ("eu-west-1", "eu-central-1", "us-east-1")}

# The value of the SSM parameters until a build updates them.
CURRENT_AMI = "ami-0d5f3b8a61c94e270"
PARAMETERS = {
    "/imagebuilder/portal-web/ami": ("eu-west-1", "eu-central-1", "us-east-1"),
    "/imagebuilder/gauge-ingest/ami": ("eu-west-1", "ap-southeast-2"),
}


@dataclass(frozen=True)
class Role:
    """An IAM role and the principal that can assume it."""

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
# In every member account, so that images can be copied there.
MEMBER_ROLES = (
    Role("EC2ImageBuilderDistributionCrossAccountRole", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}),
)


@dataclass(frozen=True)
class SampleLicense:
    """A license configuration of License Manager."""

    id: str
    name: str
    description: str
    counting_type: str
    count: int
    region: str
    account: str = ACCOUNT


LICENSES = (
    SampleLicense(
        "lic-3f9d27b1c5e84a60b8d21f7094ce6a53", "windows-server-2022",
        "Windows Server 2022 Datacenter", "Core", 128, "eu-west-1",
    ),
    SampleLicense(
        "lic-a804e6195bd74c3f92b7de6f10385c2a", "oracle-linux-support",
        "Oracle Linux Premier Support", "Instance", 24, "eu-west-1",
    ),
    SampleLicense(
        "lic-5c71f0e8d2a94b36af80469b3de7125f", "windows-server-2022",
        "Windows Server 2022 Datacenter", "Core", 64, "us-east-1",
    ),
)  # fmt: skip

"""L016: a public AMI is meant to be one."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L016",
    Severity.WARNING,
    "The AMI becomes public",
    scope="distribution",
    why=(
        "Everyone can start it and read what is on its disk; new accounts block public AMIs "
        "by default."
    ),
    evidence="EC2 user guide, Block public access to your AMIs.",
)
def public_ami(distribution: Json, context: Context) -> Iterator[Problem]:
    """The group ``all``."""
    permission = distribution.get("amiDistributionConfiguration", {}).get("launchPermission", {})
    if "all" in permission.get("userGroups", []):
        yield Problem(
            "/amiDistributionConfiguration/launchPermission/userGroups",
            "This makes the AMI public: every AWS account in the world can start it and read its"
            " disk. Where the account blocks public access to AMIs, the distribution fails.",
        )

"""L016: a public AMI is intended."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule

_GROUPS = "/amiDistributionConfiguration/launchPermission/userGroups"


@rule(
    "L016",
    Severity.WARNING,
    "Public AMI",
    scope="distribution",
    why=(
        "Anyone can launch a public AMI and read its disk. New accounts block public access to "
        "AMIs by default."
    ),
    evidence="EC2 user guide, Block public access to your AMIs.",
)
def public_ami(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report the group ``all``."""
    if "all" in value_at(distribution, _GROUPS, ()):
        yield Problem(
            _GROUPS,
            "This makes the AMI public: anyone with an AWS account can launch it and read its"
            " disk. Distribution fails if the account blocks public access to AMIs.",
        )

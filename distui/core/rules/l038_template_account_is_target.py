"""L038: the account of a launch template can launch the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, without_ami


@rule(
    "L038",
    Severity.WARNING,
    "Account of a launch template can launch the AMI",
    scope="distribution",
    why="A template can't launch an AMI that its account neither owns nor is allowed to launch.",
    evidence=(
        "Service model, LaunchTemplateConfiguration: accountId; the acceptance tests of "
        "hashicorp/terraform-provider-aws: an account with launch permission is accepted."
    ),
)
def template_account_is_target(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report accounts that neither get the AMI nor have launch permission."""
    rows = "/launchTemplateConfigurations"
    effect = "so it has no AMI to launch"
    yield from without_ami(distribution, rows, context, effect, launching=True)

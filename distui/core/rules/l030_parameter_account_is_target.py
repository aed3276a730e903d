"""L030: the account of an SSM parameter receives the AMI."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule, without_ami


@rule(
    "L030",
    Severity.ERROR,
    "Account of an SSM parameter is a target account",
    scope="distribution",
    why="The parameter contains the ID of the account's AMI, which only target accounts have.",
    evidence="Service model, SsmParameterConfiguration: amiAccountId.",
)
def parameter_account_is_target(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report accounts that are neither target accounts of the Region nor our own."""
    rows = "/ssmParameterConfigurations"
    effect = "so it has no AMI ID to store"
    yield from without_ami(distribution, rows, context, effect, launching=False)

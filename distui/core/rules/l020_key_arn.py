"""L020: the KMS key is specified by ARN."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.accounts import is_shared
from distui.core.reference.regions import partition_of
from distui.core.reference.resource_names import is_aws_managed_key, is_key_arn, key_resource
from distui.core.rules.rule import Context, Json, Problem, region_of, rule, set_value
from distui.core.text.characters import describe_odd_character, quoted

_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L020",
    Severity.ERROR,
    "KMS key specified by ARN",
    scope="distribution",
    why="Image Builder asks for an ARN. A key ID or an alias can be another key in each account.",
    evidence=(
        "Service model, AmiDistributionConfiguration: kmsKeyId. CloudFormation and AWS's samples "
        "use key IDs and alias names too, so these are a warning."
    ),
)
def key_arn(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report anything but the ARN of a key or an alias; L021 reports AWS managed keys."""
    key = value_at(distribution, _KEY)
    if not key or is_key_arn(key) or describe_odd_character(key):
        return
    resource = key_resource(key)
    if is_aws_managed_key(key) and is_shared(distribution, context.own_account):
        return
    yield Problem(
        _KEY,
        f"{quoted(key)} isn't the ARN of a key or an alias, for example"
        " arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        " or arn:aws:kms:eu-west-1:123456789012:alias/images.",
        Severity.WARNING if resource else None,
        fix=set_value(_KEY, _arn(resource, region_of(distribution, context), context.own_account)),
    )


def _arn(resource: str, region: str, account: str) -> str:
    partition = partition_of(region)
    known = resource and partition and account
    return f"arn:{partition}:kms:{region}:{account}:{resource}" if known else ""

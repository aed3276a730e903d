"""L019: the KMS key is in the distribution's Region."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference import arns
from distui.core.reference.resource_names import is_key_arn
from distui.core.rules.rule import Context, Json, Problem, region_of, rule, set_value
from distui.core.text.characters import escape_invisible

_KEY = "/amiDistributionConfiguration/kmsKeyId"


@rule(
    "L019",
    Severity.ERROR,
    "KMS key in the distribution's Region",
    scope="distribution",
    why="A copy is encrypted in its destination Region, where the key must exist.",
    evidence=(
        "EC2 service model, CopyImage: the specified KMS key must exist in the destination Region."
    ),
)
def key_in_region(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report a key ARN of another Region; suggest a multi-Region key's replica or the alias."""
    key, region = value_at(distribution, _KEY), region_of(distribution, context)
    arn = arns.wrong_region(key, region)
    if not arn or arn.service != "kms":
        return
    hint, here = f"Use a key in {region}.", key.replace(f":{arn.region}:", f":{region}:", 1)
    if arn.resource.startswith("key/mrk-"):
        hint = f"Use the multi-Region replica {here}?"
    elif arn.resource.startswith("alias/"):
        hint = f"If this alias also exists in {region}, use {here}."
    else:
        here = ""
    actual = escape_invisible(arn.region) or "no Region"
    message = f"This key is in {actual}; the AMI goes to {region}. {hint}"
    yield Problem(_KEY, message, fix=set_value(_KEY, here if is_key_arn(here) else ""))

"""L020: a KMS key is named by an ARN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

# Partition and Region are judged by the rules on them.
_KEY = re.compile(
    r"arn:[^:]*:kms:[^:]*:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9:/_-]+)", re.ASCII
)


@rule(
    "L020",
    Severity.ERROR,
    "The KMS key is the ARN of a key or an alias",
    scope="distribution",
    why=(
        "Image Builder asks for an ARN; an id or an alias alone can mean another key in each "
        "account."
    ),
    evidence="Service model, AmiDistributionConfiguration: kmsKeyId.",
)
def key_is_an_arn(distribution: Json, context: Context) -> Iterator[Problem]:
    """Anything but the ARN of a key or of an alias."""
    key = distribution.get("amiDistributionConfiguration", {}).get("kmsKeyId", "")
    if key and not _KEY.fullmatch(key):
        yield Problem(
            "/amiDistributionConfiguration/kmsKeyId",
            f"{quoted(key)} is not the ARN of a key or an alias, such as"
            " arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            " or arn:aws:kms:eu-west-1:123456789012:alias/images.",
        )

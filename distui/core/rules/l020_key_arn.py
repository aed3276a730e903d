"""L020: the KMS key is specified by ARN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_KEY = "/amiDistributionConfiguration/kmsKeyId"
# Other rules check the partition and the Region.
_ARN = re.compile(
    r"arn:[^:]*:kms:[^:]*:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9:/_-]+)", re.ASCII
)


@rule(
    "L020",
    Severity.ERROR,
    "KMS key specified by ARN",
    scope="distribution",
    why=("Image Builder requires an ARN. A key ID or an alias can be another key in each account."),
    evidence="Service model, AmiDistributionConfiguration: kmsKeyId.",
)
def key_arn(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report anything but the ARN of a key or an alias."""
    key = value_at(distribution, _KEY)
    if key and not _ARN.fullmatch(key):
        yield Problem(
            _KEY,
            f"{quoted(key)} isn't the ARN of a key or an alias, for example"
            " arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            " or arn:aws:kms:eu-west-1:123456789012:alias/images.",
        )
